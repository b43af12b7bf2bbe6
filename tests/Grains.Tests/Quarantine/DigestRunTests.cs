using MimeKit;
using Platform.Engine.Verdicts;
using Platform.Grains.Quarantine;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;

namespace Platform.Grains.Tests.Quarantine;

/// <summary>From a held mail to the digest in the mailbox of its recipient.</summary>
public sealed class DigestRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_are_told_of_held_mail_with_links_for_what_they_may_do()
    {
        await using var host = await StartAsync("immediate");
        await HeldAsync(host, VerdictKind.Spam);

        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
        await host.Relay.RunOnceAsync(Stop);

        var mail = await MimeMessage.LoadAsync(Assert.Single(host.FilesOf("info@acme.test")), Stop);
        Assert.Equal("Mail is held for you (1)", mail.Subject);
        var links = Links(mail);
        Assert.Equal(
            [LinkPurpose.View, LinkPurpose.Release, LinkPurpose.Delete, LinkPurpose.AllowSender, LinkPurpose.AllowDomain, LinkPurpose.BlockSender, LinkPurpose.BlockDomain, LinkPurpose.ReportWrong],
            links.Select(token => host.Get<IActionLinks>().Read(token).Link!.Purpose));
        Assert.Contains("/l/", mail.Headers["List-Unsubscribe"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_told_once_however_often_it_runs()
    {
        await using var host = await StartAsync("immediate");
        await HeldAsync(host, VerdictKind.Spam);

        List<int> sent = [];
        for (var i = 0; i < 3; i++)
            sent.Add(await host.Get<DigestRun>().RunAsync(Stop));
        Assert.Equal([1, 0, 0], sent);
    }

    [Fact]
    public async Task Who_gets_much_is_told_at_most_every_five_minutes()
    {
        await using var host = await StartAsync("immediate");
        await HeldAsync(host, VerdictKind.Spam);
        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
        await HeldAsync(host, VerdictKind.Spam);
        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));

        host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
    }

    [Fact]
    public async Task What_does_not_fit_into_a_digest_comes_with_the_next()
    {
        await using var host = await StartAsync("daily", settings => settings with { Digests = settings.Digests with { MaxEntries = 1 } });
        await HeldAsync(host, VerdictKind.Spam);
        await HeldAsync(host, VerdictKind.Spam);
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));

        host.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
    }

    [Fact]
    public async Task Times_that_were_missed_are_caught_up_once()
    {
        // It is 18:00 in Tokyo; the daily digest comes at 8.
        await using var host = await StartAsync("daily");
        await HeldAsync(host, VerdictKind.Spam);
        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));

        host.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(1, await host.Get<DigestRun>().RunAsync(Stop));
        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));
    }

    [Fact]
    public async Task Who_may_not_release_is_offered_to_ask_for_it()
    {
        await using var host = await StartAsync("immediate");
        await HeldAsync(host, VerdictKind.Phishing);
        await host.Get<DigestRun>().RunAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        var mail = await MimeMessage.LoadAsync(Assert.Single(host.FilesOf("info@acme.test")), Stop);

        Assert.Equal(
            [LinkPurpose.View, LinkPurpose.RequestRelease, LinkPurpose.Delete, LinkPurpose.ReportWrong],
            Links(mail).Select(token => host.Get<IActionLinks>().Read(token).Link!.Purpose));
    }

    [Fact]
    public async Task A_clean_mail_that_was_reported_and_confirmed_is_told_as_phishing()
    {
        await using var host = await StartAsync("immediate");
        var delivery = await HeldAsync(host, VerdictKind.Clean);
        var report = (await host.Get<IReports>().ReportAsync(host.Scope, delivery, ReportKind.Missed, "", Stop)).Value;
        await host.Get<IReports>().DecideAsync(host.Scope, report, confirm: true, list: false, "", Stop);
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await host.Get<DigestRun>().RunAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        var mail = await MimeMessage.LoadAsync(Assert.Single(host.FilesOf("info@acme.test")), Stop);
        Assert.Contains("Phishing", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(LinkPurpose.Release, Links(mail).Select(token => host.Get<IActionLinks>().Read(token).Link!.Purpose));
    }

    [Theory]
    [InlineData("digest.schedule", "off")]
    [InlineData("rights.spam", "none")]
    public async Task Who_is_not_to_be_told_or_may_do_nothing_gets_no_digest(string setting, string value)
    {
        await using var host = await StartAsync("immediate");
        await SetAsync(host, (setting, value));
        await HeldAsync(host, VerdictKind.Spam);

        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));
        Assert.DoesNotContain(await host.RowsAsync(db => db.Messages), row => row.Mode == IntakeMode.Notice);
    }

    [Fact]
    public async Task A_digest_speaks_the_language_of_the_policy_and_shows_the_mail_as_harmless_text()
    {
        await using var host = await StartAsync("immediate");
        await SetAsync(host, ("digest.language", "ja"));
        await HeldAsync(host, VerdictKind.Spam);
        await host.Get<DigestRun>().RunAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        var mail = await MimeMessage.LoadAsync(Assert.Single(host.FilesOf("info@acme.test")), Stop);

        Assert.Equal("隔離されたメールが 1 件あります", mail.Subject);
        Assert.Contains("迷惑メール", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_the_owner_blocked_is_held_without_a_word()
    {
        await using var host = await StartAsync("immediate");
        host.Scanners.Scan = (_, _) => Task.FromResult(Platform.Scanning.ScannerResult.Ok(From("bob@partner.test", VerdictKind.Spam)));
        var first = await AcceptHeldAsync(host);
        await host.Get<DigestRun>().RunAsync(Stop);
        await host.Get<IMailboxSenders>().ListAsync(host.Scope, first, Platform.Engine.Feeds.ListAction.Block, wholeDomain: false, Stop);
        host.Scanners.Scan = (_, _) => Task.FromResult(Platform.Scanning.ScannerResult.Ok(From("bob@partner.test", VerdictKind.Clean)));

        var second = await AcceptHeldAsync(host);

        Assert.Equal(DeliveryState.Quarantined, (await host.RowsAsync(db => db.Deliveries)).Single(row => row.Id == second).State);
        Assert.Equal(0, await host.Get<DigestRun>().RunAsync(Stop));
    }

    [Theory]
    [InlineData(VerdictKind.Spam, DeliveryState.Queued)]
    [InlineData(VerdictKind.Phishing, DeliveryState.Quarantined)]
    public async Task A_sender_that_the_owner_allowed_gets_through_with_what_is_unwanted_and_never_with_an_attack(VerdictKind kind, DeliveryState state)
    {
        await using var host = await StartAsync("immediate");
        host.Scanners.Scan = (_, _) => Task.FromResult(Platform.Scanning.ScannerResult.Ok(From("bob@partner.test", VerdictKind.Spam)));
        var first = await AcceptHeldAsync(host);
        await host.Get<IMailboxSenders>().ListAsync(host.Scope, first, Platform.Engine.Feeds.ListAction.Allow, wholeDomain: true, Stop);
        host.Scanners.Scan = (_, _) => Task.FromResult(Platform.Scanning.ScannerResult.Ok(From("bob@partner.test", kind)));

        var second = await AcceptHeldAsync(host);

        Assert.Equal(state, (await host.RowsAsync(db => db.Deliveries)).Single(row => row.Id == second).State);
    }

    private static async Task<FlowHost> StartAsync(string schedule, Func<FlowSettings, FlowSettings>? settings = null)
    {
        var host = await FlowHost.StartAsync(settings: settings);
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Quarantine);
        await SetAsync(host, ("digest.schedule", schedule));
        return host;
    }

    private static async Task SetAsync(FlowHost host, params (string Setting, string Value)[] values) =>
        Assert.Null((await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Tenant(host.Tenant), [.. values.Select(value => new PolicyChange(value.Setting, value.Value))], Stop)).Code);

    private static Task<Guid> HeldAsync(FlowHost host, VerdictKind kind)
    {
        host.Scanners.Scan = (_, _) => Task.FromResult(Platform.Scanning.ScannerResult.Ok(From("bob@partner.test", kind)));
        return AcceptHeldAsync(host);
    }

    private static async Task<Guid> AcceptHeldAsync(FlowHost host)
    {
        var accepted = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        // An immediate digest tells what was held before the moment it runs at.
        host.Time.Advance(TimeSpan.FromSeconds(1));
        return accepted.Deliveries[0];
    }

    private static Verdict From(string address, VerdictKind kind) => FakeScanners.Verdict(kind) with { Facts = MessageFacts.Empty with { FromAddress = address, Subject = "Offer <b>now</b>" } };

    private static List<string> Links(MimeMessage mail) =>
        [.. mail.TextBody!.Split('\n').Where(line => line.Contains("/l/", StringComparison.Ordinal)).Select(line => line[(line.IndexOf("/l/", StringComparison.Ordinal) + 3)..].Trim())];
}
