using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>A self-signed certificate for this run.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Certificate { get; } = Make();

    /// <summary>Signed by an authority that nobody knows, and which it says is to be had at an address (RFC 5280, 4.2.2.1).</summary>
    public static X509Certificate2 IssuedElsewhere(Uri issuer)
    {
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client.test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, [issuer.AbsoluteUri]));
        using var signed = request.Create(
            new X500DistinguishedName("CN=authority.test"), X509SignatureGenerator.CreateForECDsa(authority), DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), [1, 2, 3]);
        return signed.CopyWithPrivateKey(key);
    }

    public static bool IsIt(X509Certificate? other) => other is not null && other.GetCertHashString() == Certificate.GetCertHashString();

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mx.test");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
