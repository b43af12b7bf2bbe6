using System.Security.Cryptography;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Fuzz.Targets.Dkim;

/// <summary>A key of this run, at <c>k._domainkey.a.test</c>, so that some input is signed rightly.</summary>
internal static class FuzzKeys
{
    private static readonly RSA Rsa = RSA.Create(1024);

    public static DkimPrivateKey Key { get; } = DkimPrivateKey.FromPem(Rsa.ExportRSAPrivateKeyPem());

    public static DnsAnswer? Answers(string name) =>
        name == "k._domainkey.a.test" ? new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text($"v=DKIM1; p={Key.PublicKeyBase64}")]) : null;
}
