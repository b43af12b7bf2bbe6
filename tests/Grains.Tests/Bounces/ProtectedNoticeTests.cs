using System.Text;
using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Protection;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Bounces;

/// <summary>What a notice returns of a mail that is protected: it goes to its sender in the clear.</summary>
public sealed class ProtectedNoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtectedExtent.Mail, false, false)]
    [InlineData(ProtectedExtent.Files, false, true)]
    [InlineData(ProtectedExtent.Files, true, false)]
    public async Task Of_a_protected_mail_nothing_comes_back_and_of_one_with_protected_files_the_header(ProtectedExtent extent, bool isWidened, bool hasHeader)
    {
        await using var server = new ScriptedSmtpServer { Script = c => c.StartsWith("RCPT TO:<keiri@", StringComparison.Ordinal) ? "550 5.1.1 nobody here" : null };
        await using var host = await StartAsync(server.Route, extent);
        var delivery = await host.QueueAsync(new Mail
        {
            Mode = IntakeMode.Submission,
            From = "info@acme.test",
            Recipients = ["keiri@acme.test"],
            Smtp = SmtpParameters.None with { Return = "FULL" },
            Body = "From: info@acme.test\r\nTo: keiri@acme.test\r\nSubject: offer\r\n\r\nHello.\r\n"u8.ToArray(),
        });
        if (isWidened)
            await host.Get<IReaderDesk>().WidenAsync((await host.Get<IReaderDesk>().FindAsync(host.Tenant, delivery, Stop))!, Stop);
        await host.Relay.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        var notice = Encoding.UTF8.GetString(server.Contents.Single());
        Assert.Contains("Action: failed", notice, StringComparison.Ordinal);
        Assert.Equal((hasHeader, false), (notice.Contains("Subject: offer", StringComparison.Ordinal), notice.Contains("Hello.", StringComparison.Ordinal)));
    }

    private static async Task<FlowHost> StartAsync(string route, ProtectedExtent extent)
    {
        var host = await FlowHost.StartAsync(route);
        var verdict = FakeScanners.Verdict(VerdictKind.Clean);
        verdict = verdict with { Authors = ["info@acme.test"], Facts = verdict.Facts with { FromAddress = "info@acme.test", Attachments = [new AttachmentFacts("list.txt", "text/plain", "text/plain", 10, new string('0', 64))] } };
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict));
        var rule = new NewSendRule("Protect", "size > 0", [new SendAction.Protect(extent, ViewOnly: false, null)], Enabled: true);
        Assert.Null((await host.Get<ISendRuleCommands>().CreateAsync(host.Scope, new RuleOwner(host.Tenant, IsMsp: false), rule, Stop)).Code);
        return host;
    }
}
