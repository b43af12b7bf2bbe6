using System.Collections.Frozen;
using System.Net;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tracking;

/// <summary>Whose network a request comes from, as far as that tells a person from a machine.</summary>
public enum NetworkKind
{
    /// <summary>Not known; no file with networks is set, or the address is in none.</summary>
    Unknown,

    /// <summary>A provider's, a company's: people are there.</summary>
    Access,

    /// <summary>Servers are there; people only by a VPN or a remote desktop.</summary>
    Hosting,

    /// <summary>Of a maker of mail scanners.</summary>
    Scanner,

    /// <summary>Out of which Google's picture proxy asks; what else is Google's is <see cref="Hosting"/>.</summary>
    Google,
    Microsoft,
    Apple,
}

/// <summary>
/// Tells the kind by number and name of the autonomous system. Names are what registries hold; a network of servers whose name does not say so
/// is taken for people's, which is why its kind alone makes nobody a person (<see cref="OpenGrading"/>).
/// </summary>
public static class NetworkKinds
{
    /// <summary>Google's own. Its cloud is a system apart (396982), in which anybody has servers.</summary>
    private static readonly FrozenSet<long> s_google = FrozenSet.ToFrozenSet<long>([15169, 19527]);
    private static readonly FrozenSet<long> s_microsoft = FrozenSet.ToFrozenSet<long>([8068, 8069, 8075, 12076]);
    private static readonly FrozenSet<long> s_apple = FrozenSet.ToFrozenSet<long>([714, 6185]);

    /// <summary>Systems of servers whose names tell nothing.</summary>
    private static readonly FrozenSet<long> s_hosting = FrozenSet.ToFrozenSet<long>(
        [396982, 14618, 16509, 8987, 16276, 24940, 213230, 14061, 63949, 20940, 16625, 13335, 54113, 31898, 45102, 37963, 132203, 45090, 20473, 12876, 8560, 51167, 36351, 9370, 9371, 7684, 7506, 9009, 60068, 212238, 62240, 197540, 47583, 53667, 36352, 8100, 40676, 46562, 29802]);

    private static readonly string[] s_hostingWords =
    [
        "hosting", "hoster", "hosted", "cloud", "server", "servers", "datacenter", "datacentre", "data center", "data centre", "data centers", "vps", "colo", "colocation", "dedicated", "compute", "cdn", "vpn", "proxy", "anonym",
        "amazon", "aws", "microsoft", "azure", "google", "ovh", "hetzner", "digitalocean", "linode", "akamai", "fastly", "cloudflare", "oracle", "alibaba", "tencent", "choopa", "vultr", "constant company", "leaseweb", "scaleway",
        "ionos", "contabo", "rackspace", "sakura internet", "m247", "datacamp", "softlayer", "hostinger", "godaddy", "namecheap", "equinix", "heroku", "upcloud", "kamatera", "online s.a.s", "netcup", "clouvider", "xserver", "gmo internet",
    ];

    /// <summary>Out of which Google's picture proxy asks (its published mail ranges).</summary>
    private static readonly IPNetwork[] s_googleProxies =
    [
        IPNetwork.Parse("64.233.160.0/19"), IPNetwork.Parse("66.102.0.0/20"), IPNetwork.Parse("66.249.80.0/20"), IPNetwork.Parse("72.14.192.0/18"), IPNetwork.Parse("74.125.0.0/16"), IPNetwork.Parse("209.85.128.0/17"),
        IPNetwork.Parse("108.177.8.0/21"), IPNetwork.Parse("173.194.0.0/16"), IPNetwork.Parse("172.253.0.0/16"), IPNetwork.Parse("2a00:1450::/32"), IPNetwork.Parse("2001:4860::/32"), IPNetwork.Parse("2607:f8b0::/32"), IPNetwork.Parse("2404:6800::/32"),
    ];

    private static readonly IPNetwork s_appleOwn = IPNetwork.Parse("17.0.0.0/8");

    public static NetworkKind Of(IPAddress address, NetworkPlace? place)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var name = place?.Network ?? "";
        if (ScannerNames.IsIn(name))
            return NetworkKind.Scanner;
        var isProxy = Array.Exists(s_googleProxies, range => range.Contains(plain));
        if (place?.Asn is not { } asn)
            return s_appleOwn.Contains(plain) ? NetworkKind.Apple : isProxy ? NetworkKind.Google : NetworkKind.Unknown;
        if (s_google.Contains(asn))
            return isProxy ? NetworkKind.Google : NetworkKind.Hosting;
        if (s_microsoft.Contains(asn))
            return NetworkKind.Microsoft;
        if (s_apple.Contains(asn))
            return NetworkKind.Apple;
        return s_hosting.Contains(asn) || Array.Exists(s_hostingWords, word => HasWord(name, word)) ? NetworkKind.Hosting : NetworkKind.Access;
    }

    /// <summary>Where the word begins one of the name's: <c>AMAZON-02</c>, <c>Fine Cloud Ltd</c>, not <c>McLeod</c>.</summary>
    private static bool HasWord(string name, string word)
    {
        for (var at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsAsciiLetter(name[at - 1]))
                return true;
        }

        return false;
    }
}
