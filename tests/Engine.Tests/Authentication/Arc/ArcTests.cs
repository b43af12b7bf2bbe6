using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;
using Platform.Engine.Tests.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Arc;

public sealed class ArcTests
{
    private const string Mail = "From: Ann <ann@a.test>\r\nTo: list@l.test\r\nSubject: hello\r\n\r\nHello\r\n";
    private const string Results = "l.test; spf=pass smtp.mailfrom=a.test; dkim=pass header.d=a.test";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_without_a_chain_has_none()
    {
        Assert.Equal(AuthenticationResult.None, (await ValidateAsync(Mail)).Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_chain_passes_as_it_grows(int sets)
    {
        var report = await ValidateAsync(await SealedAsync(Mail, sets));

        Assert.Equal((AuthenticationResult.Pass, sets, 0), (report.Result, report.Sets.Count, report.OldestPass!.Value));
        Assert.Equal(Enumerable.Range(1, sets), report.Sets.Select(set => set.Instance));
        Assert.All(report.Sets, set => Assert.Equal("l.test", set.SealDomain));
        Assert.StartsWith("l.test; spf=pass", report.Sets[0].AuthenticationResults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_added_to_fifty_sets()
    {
        var mail = await SealedAsync(Mail, 50);

        Assert.Equal(mail, await SealedAsync(mail, 1));
    }

    [Fact]
    public async Task A_change_between_two_sets_is_dated()
    {
        var changed = "Subject: [list] hello\r\n";
        var mail = await SealedAsync((await SealedAsync(Mail, 1)).Replace("Subject: hello\r\n", changed, StringComparison.Ordinal), 0);

        Assert.Equal(AuthenticationResult.Fail, (await ValidateAsync(mail)).Result);
        var forwarded = await SealedAsync(mail, 1, await ValidateAsync(await SealedAsync(Mail, 1)));
        var report = await ValidateAsync(forwarded);
        Assert.Equal((AuthenticationResult.Pass, 2), (report.Result, report.OldestPass));
    }

    [Theory]
    [InlineData("Hello\r\n", "Hallo\r\n")]
    [InlineData("cv=none", "cv=pass")]
    [InlineData("spf=pass", "spf=fail")]
    [InlineData("i=2; l.test", "i=3; l.test")]
    [InlineData("ARC-Seal: a=rsa-sha256;", "ARC-Seal: h=From; a=rsa-sha256;")]
    [InlineData("ARC-Seal:", "X-Seal:")]
    [InlineData("ARC-Message-Signature:", "X-Signature:")]
    [InlineData("ARC-Authentication-Results:", "X-Results:")]
    public async Task A_chain_that_was_touched_fails(string before, string after)
    {
        var mail = await SealedAsync(Mail, 2);
        var at = mail.IndexOf(before, StringComparison.Ordinal);
        var report = await ValidateAsync(mail[..at] + after + mail[(at + before.Length)..]);

        Assert.Equal(AuthenticationResult.Fail, report.Result);
        Assert.False(report.IsTemporary);
        Assert.NotEmpty(report.Explanation);
    }

    [Fact]
    public async Task A_set_that_stands_twice_fails_the_chain()
    {
        var mail = await SealedAsync(Mail, 1);
        var seal = mail[..mail.IndexOf("ARC-Message-Signature", StringComparison.Ordinal)];

        Assert.Equal(AuthenticationResult.Fail, (await ValidateAsync(seal + mail)).Result);
    }

    [Fact]
    public async Task More_than_fifty_fields_fail_unread()
    {
        var mail = string.Concat(Enumerable.Repeat("ARC-Seal: i=1\r\n", 51)) + Mail;

        Assert.Equal(AuthenticationResult.Fail, (await ValidateAsync(mail)).Result);
    }

    [Fact]
    public async Task A_failed_chain_is_sealed_once_and_for_all()
    {
        var broken = (await SealedAsync(Mail, 1)).Replace("Hello\r\n", "Hallo\r\n", StringComparison.Ordinal);
        var closed = await SealedAsync(broken, 1);

        Assert.Contains("cv=fail", closed, StringComparison.Ordinal);
        var report = await ValidateAsync(closed);
        Assert.Equal((AuthenticationResult.Fail, 2), (report.Result, report.Sets.Count));
        Assert.Equal(closed, await SealedAsync(closed, 1));
    }

    [Fact]
    public async Task A_key_that_DNS_does_not_give_now_fails_the_chain_for_now()
    {
        var report = await ValidateAsync(await SealedAsync(Mail, 1), new TextRecords { ["k._domainkey.l.test"] = null });

        Assert.Equal((AuthenticationResult.Fail, true), (report.Result, report.IsTemporary));
    }

    [Fact]
    public async Task Results_cannot_break_out_of_their_field()
    {
        var sealer = new ArcSealer(new ArcSealingOptions { Domain = "l.test", Selector = "k" }, SigningKeys.Key);
        var fields = sealer.Seal(Read(Mail), await ValidateAsync(Mail), "l.test; none\r\nBcc: eve@e.test\r\n\r\n", Now);

        Assert.Equal(3, Read(string.Concat(fields)).Fields.Count);
        Assert.Equal(AuthenticationResult.Pass, (await ValidateAsync(string.Concat(fields) + Mail)).Result);
    }

    [Theory]
    [InlineData("ARC-Seal")]
    [InlineData("authentication-results")]
    public void Fields_of_the_chain_itself_cannot_be_signed(string name)
    {
        Assert.Throws<ArgumentException>(() => new ArcSealer(new ArcSealingOptions { Domain = "l.test", Selector = "k", Fields = ["From", name] }, SigningKeys.Key));
    }

    private static async Task<string> SealedAsync(string mail, int times, ArcReport? validation = null)
    {
        var sealer = new ArcSealer(new ArcSealingOptions { Domain = "l.test", Selector = "k" }, SigningKeys.Key);
        for (; times > 0; times--)
            mail = string.Concat(sealer.Seal(Read(mail), validation ?? await ValidateAsync(mail), Results, Now)) + mail;
        return mail;
    }

    private static async Task<ArcReport> ValidateAsync(string mail, TextRecords? dns = null) => await new ArcValidator().ValidateAsync(
        Read(mail), dns ?? new TextRecords { ["k._domainkey.l.test"] = [SigningKeys.Record(SigningKeys.Rsa)] }, Now, TestContext.Current.CancellationToken);

    private static RawMessage Read(string mail) => RawMessage.Read(Encoding.UTF8.GetBytes(mail));
}
