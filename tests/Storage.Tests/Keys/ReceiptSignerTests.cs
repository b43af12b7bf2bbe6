using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Storage.Keys;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Keys;

public sealed class ReceiptSignerTests
{
    [Fact]
    public void What_is_signed_verifies_with_the_published_key_alone()
    {
        using var signer = Signer(TestStorage.PlatformKey);
        var parts = signer.Sign("purge-receipt", """{"a":1}""").Split('.');
        using var key = JsonDocument.Parse(signer.PublicKey);
        using var other = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.RootElement.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.RootElement.GetProperty("y").GetString()) },
        });
        Assert.True(other.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        Assert.Equal(("ES256", key.RootElement.GetProperty("kid").GetString()), (header.RootElement.GetProperty("alg").GetString(), header.RootElement.GetProperty("kid").GetString()));
    }

    [Fact]
    public void Every_process_with_the_platform_key_knows_the_signature_and_no_other()
    {
        using var one = Signer(TestStorage.PlatformKey);
        using var again = Signer(TestStorage.PlatformKey);
        using var stranger = Signer(Convert.ToBase64String(new byte[32]));
        var signature = one.Sign("audit-head", """{"a":1}""");
        Assert.Equal("""{"a":1}""", again.Open("audit-head", signature));
        Assert.Null(stranger.Open("audit-head", signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("!.?.-")]
    [InlineData("e30.e30.e30")]
    public void What_is_malformed_is_not_signed(string text)
    {
        using var signer = Signer(TestStorage.PlatformKey);
        Assert.Null(signer.Open("audit-head", text));
    }

    private static ReceiptSigner Signer(string key) => new(new PlatformKeys(new StorageSettings { PlatformKey = key }));
}
