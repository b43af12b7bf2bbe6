using System.Globalization;
using System.Security.Cryptography;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimKeyCacheTests
{
    private static readonly string Text = Convert.ToBase64String(SigningKeys.Rsa.ExportSubjectPublicKeyInfo());

    [Fact]
    public void A_key_is_read_once()
    {
        var cache = new DkimKeyCache();

        Assert.Same(cache.Read("rsa", Text), cache.Read("rsa", Text));
    }

    [Fact]
    public void A_text_is_another_key_for_another_type()
    {
        var cache = new DkimKeyCache();
        var text = Convert.ToBase64String(new byte[32]);

        Assert.NotNull(cache.Read("ed25519", text));
        Assert.Null(cache.Read("rsa", text));
    }

    [Fact]
    public void Keys_that_are_asked_for_stay_and_others_go()
    {
        var cache = new DkimKeyCache(capacity: 8);
        var kept = cache.Read("rsa", Text);
        var first = cache.Read("ed25519", Ed25519(0));
        for (var key = 1; key < 40; key++)
        {
            cache.Read("ed25519", Ed25519(key));
            Assert.Same(kept, cache.Read("rsa", Text));
        }

        Assert.NotSame(first, cache.Read("ed25519", Ed25519(0)));
    }

    [Fact]
    public async Task A_key_verifies_for_several_threads_at_once()
    {
        var key = new DkimKeyCache().Read("rsa", Text)!;
        var hash = SHA256.HashData("text"u8);
        var signature = SigningKeys.Rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 50).All(_ => key.Verify(hash, signature, HashAlgorithmName.SHA256)), TestContext.Current.CancellationToken)));

        Assert.All(results, Assert.True);
    }

    private static string Ed25519(int number) =>
        Convert.ToBase64String([.. SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)))]);
}
