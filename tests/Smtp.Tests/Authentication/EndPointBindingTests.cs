using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Smtp.Authentication;

namespace Platform.Smtp.Tests.Authentication;

/// <summary>RFC 5929, 4.1.</summary>
public sealed class EndPointBindingTests
{
    [Theory]
    [InlineData("SHA256", 32)]
    [InlineData("SHA384", 48)]
    [InlineData("SHA512", 64)]
    public void A_certificate_is_told_by_the_hash_of_its_own_signature(string hash, int length)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(new CertificateRequest("CN=mx.test", key, new HashAlgorithmName(hash)));

        Assert.Equal(length, EndPointBinding.Of(certificate)?.Length);
        Assert.Equal(length == 32 ? SHA256.HashData(certificate.RawData) : null, length == 32 ? EndPointBinding.Of(certificate) : null);
    }

    [Fact]
    public void A_signature_without_one_hash_binds_to_nothing()
    {
        using var key = RSA.Create(2048);
        using var certificate = Make(new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

        Assert.Null(EndPointBinding.Of(certificate));
        Assert.DoesNotContain("SCRAM-SHA-256-PLUS", Mechanisms.Offered(EndPointBinding.Of(certificate)));
    }

    private static X509Certificate2 Make(CertificateRequest request) => request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
