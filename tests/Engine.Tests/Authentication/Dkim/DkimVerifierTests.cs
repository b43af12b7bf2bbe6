using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimVerifierTests
{
    private const string Mail = "From: Ann <ann@a.test>\r\nTo: bob@b.test\r\nSubject: hello  there\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\n\r\nHello \r\n\r\nWorld\r\n\r\n";
    private const string KeyName = "k._domainkey.a.test";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DkimSigningOptions Options = new() { Domain = "a.test", Selector = "k" };

    [Fact]
    public async Task What_was_signed_verifies_and_tells_what_it_covers()
    {
        var result = await VerifyOneAsync(Signed());

        Assert.Equal((AuthenticationResult.Pass, DkimReason.Verified), (result.Result, result.Reason));
        Assert.Equal(("a.test", "k", "rsa-sha256", "@a.test"), (result.Domain, result.Selector, result.Algorithm, result.Identity));
        Assert.Equal((2048, false, false), (result.KeyBits, result.IsKeyWeak, result.IsTesting));
        Assert.Contains("From", result.OverSigned);
        Assert.Empty(result.Uncovered);
        Assert.Equal(Now, result.SignedAt);
    }

    [Fact]
    public async Task A_message_without_a_signature_has_no_result()
    {
        Assert.Equal(AuthenticationResult.None, (await VerifyAsync(Mail)).Result);
    }

    [Theory]
    [InlineData("World", "Wurld", DkimReason.BodyAltered)]
    [InlineData("hello  there", "hello  you", DkimReason.SignatureMismatch)]
    [InlineData("From: Ann", "From: Eve <eve@e.test>\r\nFrom: Ann", DkimReason.SignatureMismatch)]
    [InlineData("To: bob", "Cc: eve@e.test\r\nTo: bob", DkimReason.SignatureMismatch)]
    [InlineData("t=17", "t=18", DkimReason.SignatureMismatch)]
    public async Task What_was_altered_fails(string before, string after, DkimReason reason)
    {
        var result = await VerifyOneAsync(Signed().Replace(before, after, StringComparison.Ordinal));

        Assert.Equal((AuthenticationResult.Fail, reason), (result.Result, result.Reason));
    }

    [Theory]
    [InlineData("Hello \r\n", "Hello\t \r\n")]
    [InlineData("hello  there", "hello\r\n there")]
    [InlineData("World\r\n\r\n", "World")]
    public async Task What_relaxed_forgives_passes(string before, string after)
    {
        Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync(Signed().Replace(before, after, StringComparison.Ordinal))).Result);
    }

    [Theory]
    [InlineData("v=DKIM1; p=", DkimReason.KeyRevoked)]
    [InlineData("v=DKIM1; s=other; {p}", DkimReason.NotForMail)]
    [InlineData("v=DKIM1; h=sha1; {p}", DkimReason.InappropriateHash)]
    [InlineData("v=DKIM1; k=ed25519; {p}", DkimReason.InappropriateKey)]
    [InlineData("v=DKIM1; p=QUJD", DkimReason.KeySyntax)]
    [InlineData("v=DKIM1; p=*", DkimReason.KeySyntax)]
    [InlineData("not a key", DkimReason.KeySyntax)]
    public async Task A_key_that_cannot_be_used_is_a_permanent_error(string record, DkimReason reason)
    {
        var given = record.Replace("{p}", SigningKeys.Record(SigningKeys.Rsa)["v=DKIM1; ".Length..], StringComparison.Ordinal);
        var result = await VerifyOneAsync(Signed(), new TextRecords { [KeyName] = [given] });

        Assert.Equal((AuthenticationResult.PermError, reason), (result.Result, result.Reason));
    }

    [Fact]
    public async Task A_missing_key_is_permanent_and_a_silent_server_is_not()
    {
        Assert.Equal(DkimReason.NoKey, (await VerifyOneAsync(Signed(), [])).Reason);
        Assert.Equal(AuthenticationResult.TempError, (await VerifyOneAsync(Signed(), new TextRecords { [KeyName] = null })).Result);
    }

    [Fact]
    public async Task Other_text_records_beside_the_key_do_not_harm()
    {
        var result = await VerifyOneAsync(Signed(), new TextRecords { [KeyName] = ["v=spf1 -all", SigningKeys.Record(SigningKeys.Rsa)] });

        Assert.Equal(AuthenticationResult.Pass, result.Result);
    }

    [Fact]
    public async Task A_bare_PKCS1_key_verifies()
    {
        var record = $"p={Convert.ToBase64String(SigningKeys.Rsa.ExportRSAPublicKey())}";

        Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync(Signed(), new TextRecords { [KeyName] = [record] })).Result);
    }

    [Fact]
    public async Task A_strict_key_forbids_an_identity_below_the_domain()
    {
        var mail = Signed(Options with { Identity = "ann@sub.a.test" });
        var strict = new TextRecords { [KeyName] = [SigningKeys.Record(SigningKeys.Rsa) + "; t=y:s"] };

        Assert.Equal(DkimReason.DomainMismatch, (await VerifyOneAsync(mail, strict)).Reason);
        var result = await VerifyOneAsync(Signed(), strict);
        Assert.True(result.IsTesting && result.Result == AuthenticationResult.Pass);
    }

    [Fact]
    public async Task A_short_key_verifies_and_does_not_pass_but_by_option()
    {
        using var key = DkimPrivateKey.FromPem(SigningKeys.ShortRsa.ExportRSAPrivateKeyPem());
        var mail = Signed(key: key);
        var dns = new TextRecords { [KeyName] = [SigningKeys.Record(SigningKeys.ShortRsa)] };

        var result = await VerifyOneAsync(mail, dns);
        Assert.Equal((AuthenticationResult.Policy, DkimReason.KeyTooShort, 512), (result.Result, result.Reason, result.KeyBits));
        Assert.Equal(AuthenticationResult.Fail, (await VerifyOneAsync(mail + "x", dns)).Result);
        Assert.Equal(AuthenticationResult.Pass, (await VerifyOneAsync(mail, dns, new DkimOptions { MinimumRsaBits = 512 })).Result);
    }

    [Theory]
    [InlineData(3600, AuthenticationResult.Pass)]
    [InlineData(3600 + 299, AuthenticationResult.Pass)]
    [InlineData(3600 + 301, AuthenticationResult.PermError)]
    public async Task A_signature_expires_when_no_clock_could_excuse_it(int seconds, AuthenticationResult expected)
    {
        var mail = Signed(Options with { Lifetime = TimeSpan.FromHours(1) });

        Assert.Equal(expected, (await VerifyOneAsync(mail, now: Now.AddSeconds(seconds))).Result);
    }

    [Fact]
    public async Task A_signature_from_the_future_is_noted()
    {
        Assert.False((await VerifyOneAsync(Signed(), now: Now.AddMinutes(-4))).IsFromFuture);
        Assert.True((await VerifyOneAsync(Signed(), now: Now.AddMinutes(-6))).IsFromFuture);
    }

    [Fact]
    public async Task Signatures_beyond_the_bound_are_not_checked_and_faulty_ones_do_not_count()
    {
        var mail = string.Concat(Enumerable.Repeat("DKIM-Signature: junk\r\n", 30)) + Signed(Options, Signed(Options, Signed()));
        var report = await VerifyAsync(mail, options: new DkimOptions { MaximumSignatures = 2 });

        Assert.Equal(33, report.Signatures.Count);
        Assert.Equal([DkimReason.Verified, DkimReason.Verified, DkimReason.NotChecked], report.Signatures.TakeLast(3).Select(s => s.Reason));
        Assert.Equal(AuthenticationResult.Pass, report.Result);
    }

    [Fact]
    public async Task Each_key_is_asked_for_once()
    {
        var dns = new TextRecords { [KeyName] = [SigningKeys.Record(SigningKeys.Rsa)] };
        await VerifyAsync(Signed(Options, Signed()), dns);

        Assert.Equal([KeyName], dns.Questions);
    }

    [Fact]
    public async Task A_header_that_was_cut_verifies_nothing()
    {
        var report = await VerifyAsync(Signed() is var mail ? mail[..mail.IndexOf("From", StringComparison.Ordinal)] + string.Concat(Enumerable.Repeat("X: y\r\n", RawMessage.MaxFields)) + mail : "");

        Assert.All(report.Signatures, signature => Assert.Equal(DkimReason.HeaderTooLarge, signature.Reason));
        Assert.NotEmpty(report.Signatures);
    }

    private static string Signed(DkimSigningOptions? options = null, string mail = Mail, DkimPrivateKey? key = null) =>
        new DkimSigner(options ?? Options, key ?? SigningKeys.Key).Sign(RawMessage.Read(Encoding.UTF8.GetBytes(mail)), Now) + mail;

    private static async Task<DkimSignatureResult> VerifyOneAsync(string mail, TextRecords? dns = null, DkimOptions? options = null, DateTimeOffset? now = null) =>
        Assert.Single((await VerifyAsync(mail, dns, options, now)).Signatures);

    private static async Task<DkimReport> VerifyAsync(string mail, TextRecords? dns = null, DkimOptions? options = null, DateTimeOffset? now = null) =>
        await new DkimVerifier(options).VerifyAsync(
            RawMessage.Read(Encoding.UTF8.GetBytes(mail)),
            dns ?? new TextRecords { [KeyName] = [SigningKeys.Record(SigningKeys.Rsa)] },
            now ?? Now,
            TestContext.Current.CancellationToken);
}
