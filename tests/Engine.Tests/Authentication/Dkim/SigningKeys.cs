using System.Security.Cryptography;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dkim;

/// <summary>Keys made for one run of the tests, and a DNS that serves them.</summary>
internal static class SigningKeys
{
    // RFC 8410, 7: the private key as PKCS #8 of 32 octets.
    private static readonly byte[] Ed25519Prefix = [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static RSA Rsa { get; } = RSA.Create(2048);

    public static RSA ShortRsa { get; } = RSA.Create(512);

    public static DkimPrivateKey Key { get; } = DkimPrivateKey.FromPem(Rsa.ExportRSAPrivateKeyPem());

    public static string Ed25519Pem { get; } = PemEncoding.WriteString("PRIVATE KEY", [.. Ed25519Prefix, .. RandomNumberGenerator.GetBytes(32)]);

    public static string Record(RSA rsa) => $"v=DKIM1; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";
}

/// <summary>Text records by name; a null value does not answer.</summary>
internal sealed class TextRecords : Dictionary<string, string[]?>, IDnsResolver
{
    public List<string> Questions { get; } = [];

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Questions.Add(name);
        return ValueTask.FromResult(!TryGetValue(name, out var texts) ? new DnsAnswer(DnsStatus.NoDomain, [])
            : texts is null ? new DnsAnswer(DnsStatus.TimedOut, [])
            : new DnsAnswer(DnsStatus.Found, [.. texts.Select(text => new DnsRecord.Text(text))]));
    }
}
