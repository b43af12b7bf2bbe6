using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Submission;

/// <summary>Mail that a mailbox of the tenant submits (OUT1): from whom it may say to be, by whose policy, and which way it goes.</summary>
public sealed class OutgoingMailTests
{
    private const string Colleague = "keiri@acme.test";
    private const string Outside = "bob@partner.test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("info@acme.test", true)]
    [InlineData("INFO@Acme.Test", true)]
    [InlineData("info+news@acme.test", true)]
    [InlineData("keiri@acme.test", false)]
    [InlineData("info@partner.test", false)]
    [InlineData("", false)]
    [InlineData("info", false)]
    [InlineData("info@acme.test,info+news@acme.test", true)]
    [InlineData("info@acme.test,keiri@acme.test", false)]
    public async Task It_is_from_the_mailbox_that_sends_it(string author, bool isOwn)
    {
        await using var host = await FlowHost.StartAsync();
        Find(host, VerdictKind.Clean, author);
        await AcceptAsync(host, Colleague);

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: true, Stop);

        Assert.Equal(!isOwn, outcome.IsRejected);
        Assert.Equal(isOwn ? DecisionBasis.Verdict : DecisionBasis.Sender, outcome.Decisions[0].Why!.Basis);
    }

    /// <summary>Programs there may have no mailbox.</summary>
    [Theory]
    [InlineData("info@acme.test", true)]
    [InlineData("robot@acme.test", true)]
    [InlineData("robot@acme.test,keiri@acme.test", true)]
    [InlineData("robot@acme.test,ceo@partner.test", false)]
    [InlineData("ceo@partner.test", false)]
    [InlineData("robot@mail.acme.test", false)]
    [InlineData("", false)]
    public async Task What_a_server_of_the_tenant_sends_is_from_its_domains(string author, bool isOwn)
    {
        await using var host = await FlowHost.StartAsync();
        Find(host, VerdictKind.Clean, author);
        await host.AcceptAsync(new Mail { Mode = IntakeMode.Submission, From = "bounces@acme.test", Recipients = [Colleague] });

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: true, Stop);

        Assert.Equal(!isOwn, outcome.IsRejected);
    }

    [Fact]
    public async Task What_is_from_somebody_else_is_kept_where_nobody_can_be_told()
    {
        await using var host = await FlowHost.StartAsync();
        Find(host, VerdictKind.Clean, "ceo@partner.test");
        var mail = await AcceptAsync(host, Outside);

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Equal(DeliveryState.Quarantined, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Fact]
    public async Task The_policy_of_who_sends_decides()
    {
        await using var host = await FlowHost.StartAsync();
        Find(host, VerdictKind.Suspicious, "info@acme.test");
        await host.SetPolicyAsync(PolicyTarget.Mailbox(await host.MailboxAsync("info@acme.test")), VerdictKind.Suspicious, PolicyAction.Deliver);
        var mail = await AcceptAsync(host, Outside, Colleague);

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        foreach (var delivery in mail.Deliveries)
            Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(delivery)).State);
    }

    [Fact]
    public async Task What_a_colleague_gets_with_a_tag_goes_to_nobody_outside()
    {
        await using var host = await FlowHost.StartAsync();
        Find(host, VerdictKind.Spam, "info@acme.test");
        var mail = await AcceptAsync(host, Outside, Colleague);

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        var (outside, colleague) = (await host.DeliveryAsync(mail.Deliveries[0]), await host.DeliveryAsync(mail.Deliveries[1]));
        Assert.Equal((DeliveryState.Quarantined, DeliveryState.Queued, true), (outside.State, colleague.State, colleague.Tag is { Length: > 0 }));
    }

    [Fact]
    public async Task People_outside_are_reached_outside_and_colleagues_by_the_route_of_the_tenant()
    {
        await using var route = new ScriptedSmtpServer();
        await using var smartHost = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(route.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } });
        Find(host, VerdictKind.Clean, "info@acme.test");
        await AcceptAsync(host, Outside, Colleague);
        await host.Scans.RunOnceAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        Assert.Contains(smartHost.Commands, command => command.StartsWith($"RCPT TO:<{Outside}>", StringComparison.Ordinal));
        Assert.DoesNotContain(smartHost.Commands, command => command.Contains(Colleague, StringComparison.Ordinal));
        Assert.Contains(route.Commands, command => command.StartsWith($"RCPT TO:<{Colleague}>", StringComparison.Ordinal));
        Assert.DoesNotContain(route.Commands, command => command.Contains(Outside, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_that_comes_in_is_never_sent_outside()
    {
        await using var route = new ScriptedSmtpServer();
        await using var smartHost = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(route.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } });
        await host.QueueAsync(new Mail { Recipients = [Outside] });
        await host.Relay.RunOnceAsync(Stop);

        Assert.Empty(smartHost.Commands);
    }

    [Fact]
    public async Task Who_sends_is_told_what_did_not_arrive()
    {
        await using var route = new ScriptedSmtpServer();
        await using var smartHost = new ScriptedSmtpServer { Script = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such person" : null };
        await using var host = await FlowHost.StartAsync(route.Route, s => s with { Relay = s.Relay with { SmartHost = smartHost.Route } });
        Find(host, VerdictKind.Clean, "info@acme.test");
        var mail = await AcceptAsync(host, Outside);
        await host.Scans.RunOnceAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(DeliveryState.Failed, (await host.DeliveryAsync(mail.Deliveries[0])).State);
        Assert.Single(await host.NoticesAsync());
    }

    private static Task<Accepted> AcceptAsync(FlowHost host, params string[] recipients) => host.AcceptAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = recipients });

    private static async Task<ScanLease> ClaimAsync(FlowHost host) => Assert.Single(await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop));

    private static void Find(FlowHost host, VerdictKind kind, string author)
    {
        var verdict = FakeScanners.Verdict(kind);
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict with { Authors = [.. author.Split(',', StringSplitOptions.RemoveEmptyEntries)] }));
    }
}
