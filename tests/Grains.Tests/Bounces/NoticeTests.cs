using System.Text;
using MimeKit;
using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Bounces;

/// <summary>When a notice is sent, to whom, and what it says: over the real storage and a server that judges.</summary>
public sealed class NoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_final_failure_is_told_to_the_sender()
    {
        await using var server = Refusing();
        await using var host = await FlowHost.StartAsync(server.Route);
        await host.QueueAsync(new Mail { OriginalRecipient = "rfc822;old@acme.test", Smtp = SmtpParameters.None with { EnvelopeId = "e1" } });

        await host.Relay.RunOnceAsync(Stop);

        var notice = (await host.NoticesAsync()).Single();
        var delivery = (await host.RowsAsync(db => db.Deliveries.Where(d => d.MessageId == notice.Id))).Single();
        Assert.Equal(("", "bob@partner.test", DeliveryState.Queued), (notice.MailFrom, delivery.Recipient, delivery.State));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("bob@partner.test", "NEVER")]
    [InlineData("bob@partner.test", "SUCCESS")]
    [InlineData("bob@partner.test", "DELAY")]
    public async Task Nobody_is_told_who_must_not_be(string from, string? notify)
    {
        await using var server = Refusing();
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync(new Mail { From = from, Notify = notify });

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Failed, 0), ((await host.DeliveryAsync(delivery)).State, (await host.NoticesAsync()).Count));
    }

    [Fact]
    public async Task A_message_that_policy_had_stopped_never_bounces()
    {
        await using var server = Refusing();
        await using var host = await FlowHost.StartAsync(server.Route);
        host.Scanners.Find(VerdictKind.Phishing);
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        await host.Flow.ReleaseAsync(host.Scope, mail.Deliveries[0], Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Failed, 0), ((await host.DeliveryAsync(mail.Deliveries[0])).State, (await host.NoticesAsync()).Count));
    }

    [Fact]
    public async Task A_rejected_or_quarantined_message_never_bounces()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Malware, PolicyAction.Reject);
        host.Scanners.Find(VerdictKind.Malware);
        await host.QueueAsync();

        await host.Relay.RunOnceAsync(Stop);

        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task The_notice_goes_out_by_the_smart_host_with_a_null_reverse_path()
    {
        await using var server = Refusing();
        await using var smartHost = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } }, language: "ja");
        await host.QueueAsync(new Mail { OriginalRecipient = "rfc822;old@acme.test", Smtp = SmtpParameters.None with { EnvelopeId = "e1", Return = "HDRS" } });
        await host.Relay.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(
            ["MAIL FROM:<>", "RCPT TO:<bob@partner.test>"],
            smartHost.Commands.Where(c => c.StartsWith("MAIL", StringComparison.Ordinal) || c.StartsWith("RCPT", StringComparison.Ordinal)).Select(c => c.Split(" SIZE")[0]));
        var report = (MultipartReport)(await MimeMessage.LoadAsync(new MemoryStream(smartHost.Contents.Single()), Stop)).Body!;
        var groups = ((MessageDeliveryStatus)report[1]).StatusGroups;
        Assert.Equal(
            ("e1", "rfc822; old@acme.test", "rfc822; info@acme.test", "failed", "5.1.1", "smtp; 550 5.1.1 nobody here", "offer", true),
            (groups[0]["Original-Envelope-Id"], groups[1]["Original-Recipient"], groups[1]["Final-Recipient"], groups[1]["Action"], groups[1]["Status"],
             groups[1]["Diagnostic-Code"], ((TextRfc822Headers)report[2]).Message!.Subject, ((TextPart)report[0]).Text.Contains("配送できませんでした", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("FULL", true)]
    [InlineData("HDRS", false)]
    [InlineData(null, false)]
    public async Task The_whole_message_comes_back_only_when_asked_for(string? ret, bool isWhole)
    {
        var text = await NoticeTextAsync(new Mail { Smtp = SmtpParameters.None with { Return = ret } });

        Assert.Equal((isWhole, true), (text.Contains("Hello.\r\n.dot", StringComparison.Ordinal), text.Contains("Subject: offer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_large_message_comes_back_as_its_header_whatever_was_asked_for()
    {
        var text = await NoticeTextAsync(new Mail
        {
            Smtp = SmtpParameters.None with { Return = "FULL" },
            Body = Encoding.ASCII.GetBytes("Subject: large\r\n\r\n" + string.Concat(Enumerable.Repeat("0123456789\r\n", 50_000))),
        });

        Assert.Equal((true, false), (text.Contains("Subject: large", StringComparison.Ordinal), text.Contains("0123456789", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_notice_that_fails_causes_no_other()
    {
        await using var server = Refusing();
        await using var smartHost = Refusing();
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } });
        await host.QueueAsync();
        await host.Relay.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        var notice = (await host.NoticesAsync()).Single();
        Assert.Equal(DeliveryState.Failed, (await host.RowsAsync(db => db.Deliveries.Where(d => d.MessageId == notice.Id))).Single().State);
    }

    [Fact]
    public async Task A_notice_to_a_sender_of_the_tenant_takes_the_tenants_route()
    {
        await using var host = await FlowHost.StartAsync();
        await host.QueueAsync(new Mail { From = "keiri@acme.test", Body = LoopingBody() });
        await host.Relay.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.StartsWith("Return-Path: <>\r\n", await File.ReadAllTextAsync(host.FilesOf("keiri@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_to_the_mailbox_is_told_when_asked_for()
    {
        await using var host = await FlowHost.StartAsync();
        await host.QueueAsync(new Mail { From = "keiri@acme.test", Notify = "SUCCESS" });
        await host.Relay.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Contains("\r\nAction: delivered\r\nStatus: 2.0.0\r\n", await File.ReadAllTextAsync(host.FilesOf("keiri@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_next_hop_that_knows_dsn_takes_over_the_telling(bool knowsDsn, int notices)
    {
        await using var server = new ScriptedSmtpServer { Capabilities = knowsDsn ? ["DSN"] : [] };
        await using var host = await FlowHost.StartAsync(server.Route);
        await host.QueueAsync(new Mail { Notify = "SUCCESS" });

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(notices, (await host.NoticesAsync()).Count);
    }

    [Fact]
    public async Task A_notice_that_cannot_be_written_does_not_send_the_mail_again()
    {
        await using var server = new ScriptedSmtpServer { Capabilities = [] };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync(new Mail { Notify = "SUCCESS" });
        Directory.Delete(Path.Combine(host.DataFolder, "bodies", "incoming"), recursive: true);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Delivered, 0), ((await host.DeliveryAsync(delivery)).State, (await host.NoticesAsync()).Count));
    }

    private static async Task<string> NoticeTextAsync(Mail mail)
    {
        await using var server = Refusing();
        await using var smartHost = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } });
        await host.QueueAsync(mail);
        await host.Relay.RunOnceAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);
        return Encoding.UTF8.GetString(smartHost.Contents.Single());
    }

    private static ScriptedSmtpServer Refusing() => new() { Script = c => c.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 nobody here" : null };

    private static byte[] LoopingBody() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Received: x\r\n", 50)) + FlowHost.Body);
}
