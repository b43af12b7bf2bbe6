using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimSignerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DkimSigningOptions Options = new() { Domain = "a.test", Selector = "k" };

    public static TheoryData<string> Pems =>
    [
        SigningKeys.Rsa.ExportRSAPrivateKeyPem(),
        SigningKeys.Rsa.ExportPkcs8PrivateKeyPem(),
        SigningKeys.Ed25519Pem,
    ];

    [Theory]
    [MemberData(nameof(Pems))]
    public void Any_message_verifies_after_signing(string pem)
    {
        using var key = DkimPrivateKey.FromPem(pem);
        var record = $"v=DKIM1; k={(pem == SigningKeys.Ed25519Pem ? "ed25519" : "rsa")}; p={key.PublicKeyBase64}";
        var dns = new TextRecords { ["k._domainkey.a.test"] = [record] };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Mails, Forms, (mail, form) =>
        {
            var options = Options with { IsHeaderRelaxed = form.Item1, IsBodyRelaxed = form.Item2, Lifetime = TimeSpan.FromDays(7) };
            var signed = new DkimSigner(options, key).Sign(RawMessage.Read(Encoding.Latin1.GetBytes(mail)), Now) + mail;
            var verified = new DkimVerifier().VerifyAsync(RawMessage.Read(Encoding.Latin1.GetBytes(signed)), dns, Now, CancellationToken.None);
            return verified.IsCompletedSuccessfully && verified.Result.Signatures[0].Result == AuthenticationResult.Pass;
        }));
    }

    [Fact]
    public void Lines_of_the_field_are_short()
    {
        var field = new DkimSigner(Options, SigningKeys.Key).Sign(RawMessage.Read("From: a@a.test\r\n\r\nx"u8.ToArray()), Now);

        Assert.EndsWith("\r\n", field, StringComparison.Ordinal);
        Assert.All(field.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
    }

    [Theory]
    [InlineData("a..test", "k", null)]
    [InlineData("a.test", "", null)]
    [InlineData("a.test", "k", "me@b.test")]
    public void Names_that_cannot_be_signed_for_are_refused(string domain, string selector, string? identity)
    {
        Assert.Throws<ArgumentException>(() => new DkimSigner(new DkimSigningOptions { Domain = domain, Selector = selector, Identity = identity }, SigningKeys.Key));
    }

    [Fact]
    public void From_must_be_signed()
    {
        Assert.Throws<ArgumentException>(() => new DkimSigner(Options with { Fields = ["To"], OverSigned = [] }, SigningKeys.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void What_is_no_key_is_refused(string pem)
    {
        Assert.Throws<CryptographicException>(() => DkimPrivateKey.FromPem(pem));
    }

    private static Arbitrary<string> Mails { get; } =
        (from subject in Gen.Elements("x", " ", "\t", ";", "=", "\r\n ", "long word", "\u00e9").ArrayOf().Select(string.Concat)
         from extra in Gen.Elements("To: b\r\n", "To : b  c\r\n", "X: y\r\n", "Cc:\r\n d\r\n", "Subject: again\r\n").ArrayOf().Select(string.Concat)
         from body in Gen.Elements("a", " ", "\t", "\r\n", "\r\n\r\n", "\n", "\r", "text").ArrayOf().Select(string.Concat)
         select $"From: a@a.test\r\nSubject:{subject}\r\n{extra}\r\n{body}").ToArbitrary();

    private static Arbitrary<(bool, bool)> Forms { get; } = Gen.Elements((true, true), (true, false), (false, true), (false, false)).ToArbitrary();
}
