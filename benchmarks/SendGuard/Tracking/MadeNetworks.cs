using System.Net;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>Networks of 256 addresses, each handed out once, of owners by their names in the registries, or of made-up ones.</summary>
internal sealed class MadeNetworks(Random random)
{
    private static readonly (long Asn, string Name, string Country)[] s_providers =
    [
        (4713, "NTT Communications Corporation", "JP"), (2516, "KDDI CORPORATION", "JP"), (17676, "SoftBank Corp.", "JP"), (17511, "OPTAGE Inc.", "JP"), (2527, "Sony Network Communications Inc.", "JP"), (9605, "NTT DOCOMO, INC.", "JP"),
        (3320, "Deutsche Telekom AG", "DE"), (3209, "Vodafone GmbH", "DE"), (3215, "Orange S.A.", "FR"), (7922, "COMCAST-7922", "US"), (701, "UUNET", "US"), (21928, "T-MOBILE-AS21928", "US"), (2856, "British Telecommunications PLC", "GB"),
        (3352, "TELEFONICA DE ESPANA S.A.U.", "ES"), (3269, "Telecom Italia S.p.A.", "IT"), (4766, "Korea Telecom", "KR"), (9318, "SK Broadband Co Ltd", "KR"), (1221, "Telstra Limited", "AU"), (45609, "Bharti Airtel Ltd.", "IN"), (28573, "Claro NXT Telecomunicacoes Ltda", "BR"),
    ];

    private static readonly (long Asn, string Name, string Country)[] s_servers =
    [
        (16509, "AMAZON-02", "US"), (14618, "AMAZON-AES", "US"), (396982, "GOOGLE-CLOUD-PLATFORM", "US"), (16276, "OVH SAS", "FR"), (24940, "Hetzner Online GmbH", "DE"), (14061, "DIGITALOCEAN-ASN", "US"), (63949, "AKAMAI-LINODE-AP Akamai Connected Cloud", "SG"),
        (31898, "ORACLE-BMC-31898", "US"), (51167, "Contabo GmbH", "DE"), (60781, "LeaseWeb Netherlands B.V.", "NL"), (9370, "SAKURA Internet Inc.", "JP"), (20473, "AS-VULTR", "US"), (132203, "Tencent Building, Kejizhongyi Avenue", "HK"), (212238, "Datacamp Limited", "GB"),
    ];

    private static readonly (long Asn, string Name, string Country)[] s_makers =
    [
        (26211, "PROOFPOINT-ASN-US-WEST", "US"), (30031, "MIMECAST-US", "US"), (15324, "BARRACUDA-NETWORKS", "US"), (16880, "TRENDMICRO Global IDC and Backbone of Trend Micro Inc.", "US"), (21345, "MessageLabs Ltd", "GB"),
        (30215, "CISCO-IRONPORT Cisco Systems Ironport Division", "US"), (22616, "ZSCALER-SJC", "US"), (24679, "Hornetsecurity GmbH", "DE"),
    ];

    private static readonly string[] s_syllables = ["ka", "zo", "rel", "mi", "tan", "vor", "li", "qu", "ber", "sol", "nex", "dra", "fi", "gon", "hy", "pel"];
    private static readonly string[] s_ends = ["Networks", "Systems AG", "Technologies", "Interconnect", "Labs Inc", "Ltd", "S.r.l.", "Holdings", "K.K."];
    private readonly HashSet<uint> used = [];

    public NetworkFileWriter File { get; } = new();

    /// <summary>Of an access provider.</summary>
    public IPAddress OfPeople() => Of(random.Pick(s_providers));

    /// <summary>Of a company with a network of its own.</summary>
    public IPAddress OfCompany() => Of((random.Next(200_000, 400_000), $"{Name()} {random.Pick(s_ends)}", random.Pick<string>(["JP", "DE", "US", "FR", "KR"])));

    /// <summary>Where machines are of which nobody has heard: the name says nothing.</summary>
    public IPAddress OfNobody() => OfCompany();

    public IPAddress OfServers() => Of(random.Pick(s_servers));

    public IPAddress OfMaker() => Of(random.Pick(s_makers));

    public IPAddress OfMicrosoft() => Of((8075, "MICROSOFT-CORP-MSN-AS-BLOCK", "US"));

    public IPAddress OfYahoo() => Of((36647, "YAHOO-GQ1", "US"));

    /// <summary>Exits of Apple's proxies are others' networks.</summary>
    public IPAddress OfApple() => Of(random.Pick<(long, string, string)>([(714, "APPLE-ENGINEERING", "US"), (36183, "AKAMAI-AS", "US"), (13335, "CLOUDFLARENET", "US"), (54113, "FASTLY", "US")]));

    public IPAddress OfGoogle() => Of((15169, "GOOGLE", "US"), random.Pick<byte[]>([[66, 249], [74, 125], [173, 194], [172, 253]]));

    /// <summary>Another address of the same 256.</summary>
    public IPAddress Beside(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes[3] = (byte)random.Next(1, 255);
        return new IPAddress(bytes);
    }

    private IPAddress Of((long Asn, string Name, string Country) owner, byte[]? begin = null)
    {
        while (true)
        {
            byte[] bytes = begin is null
                ? [(byte)random.Pick([31, 46, 58, 62, 81, 91, 106, 110, 126, 133, 153, 176, 180, 185, 202, 210, 219]), (byte)random.Next(1, 255), (byte)random.Next(256), 0]
                : [begin[0], begin[1], (byte)random.Next(80, 96), 0];
            var key = (uint)((bytes[0] << 16) | (bytes[1] << 8) | bytes[2]);
            if (!used.Add(key) && begin is null)
                continue;
            var network = new IPAddress(bytes);
            File.Add(network, owner.Country, owner.Asn, owner.Name);
            return Beside(network);
        }
    }

    private string Name()
    {
        var name = string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => random.Pick(s_syllables)));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
