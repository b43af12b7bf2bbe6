using System.Text;
using MimeKit;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Learning;
using Platform.Engine.Verdicts;
using Platform.Grains.Quarantine;
using Platform.Grains.Reports;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Messages;
using Platform.Storage.Reports;

namespace Platform.Grains.Tests.Reports;

/// <summary>Mails forwarded to the report address: from the envelope to the answer.</summary>
public sealed class ReportMailRunTests
{
    private const string Original = "From: Bank <bank@evil.test>\r\nTo: info@acme.test\r\nSubject: Your account\r\nMessage-ID: <1@evil.test>\r\n\r\nGive me your password.\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_is_not_kept_is_scanned_and_answered()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Phishing);

        await ForwardAsync(host, Attached());

        var answer = await AnswerAsync(host);
        Assert.Equal("The mail you reported: Your account", answer.Subject);
        Assert.Contains("It is dangerous", answer.TextBody, StringComparison.Ordinal);
        Assert.Equal("carrier@acme.test", answer.InReplyTo);
        var report = Assert.Single(await host.RowsAsync(db => db.Reports));
        Assert.Equal((ReportKind.Missed, ReportVia.Mail, VerdictKind.Phishing, (Guid?)null), (report.Kind, report.Via, report.Verdict, report.DeliveryId));
        Assert.Contains(host.Scanners.Requests, request => Encoding.UTF8.GetString(request.Message.Span) == Original);
    }

    [Fact]
    public async Task A_mail_that_is_kept_is_found_again_and_answered_with_its_verdict()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Spam);
        var kept = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        var scans = host.Scanners.Requests.Count;

        await ForwardAsync(host, "Subject: Fwd: Your account\r\nFrom: info@acme.test\r\nReferences: <0@evil.test> <1@evil.test>\r\n\r\n> Give me your password.\r\n");

        var report = Assert.Single(await host.RowsAsync(db => db.Reports));
        Assert.Equal((kept.Message.Id, kept.Deliveries[0]), (report.MessageId, report.DeliveryId));
        // The carrying mail alone.
        Assert.Equal(scans + 1, host.Scanners.Requests.Count);
        Assert.Contains("no attack", (await AnswerAsync(host)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decoy_with_the_same_message_id_does_not_make_an_attack_harmless()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Clean);
        await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        Scan(host, VerdictKind.Phishing);

        await ForwardAsync(host, Attached());

        Assert.Contains("It is dangerous", (await AnswerAsync(host)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quoted_mail_that_is_not_kept_is_not_answered_with_the_verdict_of_the_mail_that_quotes_it()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Clean);

        await ForwardAsync(host, "Subject: Fwd: Your account\r\nFrom: info@acme.test\r\nReferences: <1@evil.test>\r\n\r\n> Give me your password.\r\n");

        Assert.Contains("forward it again as an attachment", (await AnswerAsync(host)).TextBody, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("info@acme.test", false)]
    [InlineData("stranger@evil.test", true)]
    public async Task Neither_a_stranger_nor_who_only_claims_to_be_of_the_tenant_is_answered(string from, bool proven)
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Phishing, from, proven);

        await ForwardAsync(host, Attached(), from);

        Assert.Equal(0, await host.Get<MailOrderWorker>().RunOnceAsync(Stop));
        Assert.Empty(await host.RowsAsync(db => db.Reports));
        Assert.DoesNotContain(await host.RowsAsync(db => db.Messages), row => row.Mode == IntakeMode.Notice);
    }

    [Fact]
    public async Task Each_is_answered_once()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Phishing);
        await ForwardAsync(host, Attached());

        Assert.Equal(0, await host.Get<ReportMailRun>().RunAsync(Stop));
    }

    [Fact]
    public async Task A_confirmed_report_feeds_the_training_with_the_mail_that_was_forwarded()
    {
        await using var host = await FlowHost.StartAsync();
        Scan(host, VerdictKind.Clean);
        await ForwardAsync(host, Attached());
        var report = Assert.Single(await host.RowsAsync(db => db.Reports));
        Assert.Null((await host.Get<IReports>().DecideAsync(host.Scope, report.Id, confirm: true, list: true, "", Stop)).Code);

        List<FeedbackExample> examples = [];
        await foreach (var example in host.Get<ITenantFeedback>().Of(host.Tenant).ExamplesAsync(Stop))
            examples.Add(example);

        Assert.Equal((Original, MailLabel.Phishing), (Encoding.UTF8.GetString(Assert.Single(examples).Message.Span), examples[0].Label));
        // Whoever forwarded it is not blocked for it.
        Assert.Empty(await host.RowsAsync(db => db.ListEntries));
    }

    private static string Attached() =>
        "From: info@acme.test\r\nSubject: Fwd: Your account\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIs this real?\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + Original + "\r\n--b--\r\n";

    /// <summary>The carrying mail is of whom it says; what else is scanned is of the bank.</summary>
    private static void Scan(FlowHost host, VerdictKind kind, string from = "info@acme.test", bool proven = true) => host.Scanners.Scan = (request, _) =>
    {
        var text = Encoding.UTF8.GetString(request.Message.Span);
        var carries = text.Contains("Fwd:", StringComparison.Ordinal);
        var facts = carries
            ? MessageFacts.Empty with { FromAddress = from, Subject = "Fwd: Your account", MessageIdHeader = "carrier@acme.test" }
            : MessageFacts.Empty with { FromAddress = "bank@evil.test", Subject = "Your account", MessageIdHeader = "1@evil.test" };
        var dmarc = new DmarcFacts(carries && proven ? AuthenticationResult.Pass : AuthenticationResult.Fail, "acme.test", DmarcPolicy.Reject, "acme.test", SpfAligned: false, DkimAligned: false, "");
        var authentication = new AuthenticationFacts(null, null, [], dmarc, new ArcFacts(AuthenticationResult.None, "", []), [], []);
        return Task.FromResult(ScannerResult.Ok(FakeScanners.Verdict(carries ? VerdictKind.Clean : kind) with { Facts = facts, Authentication = authentication }));
    };

    private static async Task ForwardAsync(FlowHost host, string mail, string from = "info@acme.test")
    {
        var id = Guid.CreateVersion7(host.Time.GetUtcNow());
        var message = new NewMessage(
            id,
            host.Tenant,
            IntakeMode.Report,
            new Platform.Engine.Envelope("198.51.100.7", "acme.test", "acme.test", from, ["report@acme.test"]),
            await host.StoreAsync(Encoding.UTF8.GetBytes(mail)),
            FlowHost.Prologue,
            host.Time.GetUtcNow(),
            [new NewDelivery(Guid.CreateVersion7(host.Time.GetUtcNow()), "report@acme.test", null, null, null)],
            SmtpParameters.None);
        await host.Flow.AcceptAsync([message], Stop);
        await host.Scans.RunOnceAsync(Stop);
        Assert.Equal(1, await host.Get<ReportMailRun>().RunAsync(Stop));
    }

    private static async Task<MimeMessage> AnswerAsync(FlowHost host)
    {
        Assert.Equal(1, await host.Get<MailOrderWorker>().RunOnceAsync(Stop));
        var before = host.FilesOf("info@acme.test").ToHashSet();
        while (await host.Relay.RunOnceAsync(Stop) > 0)
        {
        }

        List<MimeMessage> mails = [];
        foreach (var file in host.FilesOf("info@acme.test").Except(before))
            mails.Add(await MimeMessage.LoadAsync(file, Stop));
        return Assert.Single(mails, mail => mail.Headers["Auto-Submitted"] == "auto-replied");
    }
}
