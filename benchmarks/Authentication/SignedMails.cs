using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Benchmarks.Mails;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Benchmarks.Authentication;

/// <summary>
/// Mails as they come from senders who authenticate: 5 to 100 KB, an author domain with an SPF record of two includes and a DMARC
/// policy, one RSA-2048 signature, in a third of them a second one of the service that sent it, in a tenth an Ed25519 one beside.
/// Written into a folder in the form that the peer's script reads.
/// </summary>
internal sealed class SignedMails : IDnsResolver
{
    private static readonly DateTimeOffset Signed = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Received { get; } = Signed + TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Dictionary<DnsType, List<DnsRecord>>> zone = new(StringComparer.OrdinalIgnoreCase);

    public SignedMails(int count, Random random)
    {
        using var author = NewRsaKey();
        using var service = NewRsaKey();
        var seed = new byte[32];
        random.NextBytes(seed);
        using var small = DkimPrivateKey.FromPem(Ed25519Pem(seed));
        PlantZone(author, service, small);
        var byAuthor = Signer("partner.example", "s2026", author);
        var byService = Signer("mailer.example", "k1", service);
        var bySmall = Signer("partner.example", "e2026", small);
        var factory = new MailFactory("signed", random);
        for (var i = 0; i < count; i++)
        {
            var mail = factory.Clean(random.Next(5_000, 100_000)).Bytes.ToArray();
            List<DkimSigner> signers = [byAuthor];
            if (i % 3 == 1)
                signers.Add(byService);
            if (i % 10 == 2)
                signers.Add(bySmall);
            Cases.Add(new SignedMail(Sign(mail, signers), new Envelope("192.0.2.77", "out.mailer.example", "out.mailer.example", "mika@partner.example", ["info@acme.test"])));
        }
    }

    public List<SignedMail> Cases { get; } = [];

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        if (!zone.TryGetValue(name.TrimEnd('.'), out var types))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        return ValueTask.FromResult(types.TryGetValue(type, out var records) ? new DnsAnswer(DnsStatus.Found, records) : new DnsAnswer(DnsStatus.NoData, []));
    }

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var cases = new JsonArray();
        for (var i = 0; i < Cases.Count; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.eml"), Cases[i].Message, cancellationToken);
            var envelope = Cases[i].Envelope;
            cases.Add(new JsonObject { ["file"] = $"{i}.eml", ["ip"] = envelope.ClientAddress, ["helo"] = envelope.Helo, ["sender"] = envelope.MailFrom });
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "cases.json"), cases.ToJsonString(), cancellationToken);
        var names = zone.ToDictionary(pair => pair.Key, pair => pair.Value.ToDictionary(type => type.Key.ToString().ToUpperInvariant(), type => type.Value.Select(ForPeer).ToArray()));
        await File.WriteAllTextAsync(Path.Combine(folder, "zone.json"), JsonSerializer.Serialize(names), cancellationToken);
    }

    private static object ForPeer(DnsRecord record) => record switch
    {
        DnsRecord.Text text => new[] { text.Value },
        DnsRecord.Address address => address.Value.ToString(),
        DnsRecord.Exchanger mx => new { exchange = mx.Host, priority = mx.Preference },
        _ => throw new InvalidOperationException($"no such record in this zone: {record}"),
    };

    private static byte[] Sign(byte[] mail, IEnumerable<DkimSigner> signers)
    {
        foreach (var signer in signers)
            mail = [.. Encoding.ASCII.GetBytes(signer.Sign(RawMessage.Read(mail), Signed)), .. mail];
        return mail;
    }

    private static DkimSigner Signer(string domain, string selector, DkimPrivateKey key) => new(new DkimSigningOptions { Domain = domain, Selector = selector }, key);

    private static DkimPrivateKey NewRsaKey()
    {
        using var rsa = RSA.Create(2048);
        return DkimPrivateKey.FromPem(rsa.ExportPkcs8PrivateKeyPem());
    }

    // The fixed head of such a key in PKCS #8 (RFC 8410, 7), then the seed.
    private static string Ed25519Pem(byte[] seed) =>
        PemEncoding.WriteString("PRIVATE KEY", [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. seed]);

    private void PlantZone(DkimPrivateKey author, DkimPrivateKey service, DkimPrivateKey small)
    {
        Text("partner.example", "v=spf1 include:_spf.mailer.example include:_spf.partner.example ip4:198.51.100.0/24 mx -all");
        Text("_spf.partner.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8:7::/48 ~all");
        Text("_spf.mailer.example", "v=spf1 include:_net.mailer.example ~all");
        Text("_net.mailer.example", "v=spf1 ip4:198.18.0.0/24 ip4:192.0.2.0/25 ~all");
        Text("_dmarc.partner.example", "v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:dmarc@partner.example");
        Text("out.mailer.example", "v=spf1 a -all");
        Add("out.mailer.example", DnsType.A, new DnsRecord.Address(IPAddress.Parse("192.0.2.77")));
        Add("partner.example", DnsType.Mx, new DnsRecord.Exchanger(10, "mx.partner.example"));
        Add("mx.partner.example", DnsType.A, new DnsRecord.Address(IPAddress.Parse("198.51.100.9")));
        Text("s2026._domainkey.partner.example", $"v=DKIM1; k=rsa; p={author.PublicKeyBase64}");
        Text("k1._domainkey.mailer.example", $"v=DKIM1; k=rsa; p={service.PublicKeyBase64}");
        Text("e2026._domainkey.partner.example", $"v=DKIM1; k=ed25519; p={small.PublicKeyBase64}");
    }

    private void Text(string name, string value) => Add(name, DnsType.Txt, new DnsRecord.Text(value));

    private void Add(string name, DnsType type, DnsRecord record)
    {
        if (!zone.TryGetValue(name, out var types))
            zone[name] = types = [];
        if (!types.TryGetValue(type, out var records))
            types[type] = records = [];
        records.Add(record);
    }
}

internal sealed record SignedMail(byte[] Message, Envelope Envelope);
