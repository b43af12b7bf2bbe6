using Platform.Engine.Conditions;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Rules;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Policy.Rules;

public sealed class RulesInFlowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_stops_a_clean_mail_and_the_delivery_says_why()
    {
        await using var host = await FlowHost.StartAsync();
        var rule = await host.AddRuleAsync("sender == \"bob@partner.test\" and size > 10", PolicyAction.Quarantine);
        var mail = await host.AcceptAsync();

        await host.Scans.RunOnceAsync(Stop);

        var row = await host.DeliveryAsync(mail.Deliveries[0]);
        var why = RuleJson.ReadDecision(row.DecisionJson!);
        Assert.Equal((DeliveryState.Quarantined, "quarantine"), (row.State, row.Action));
        Assert.Equal(
            (rule, 1, "sender == \"bob@partner.test\" and size > 10", PolicyAction.Deliver, new RuleRevisions(1, 0)),
            (why.Rule!.Id, why.Rule.Revision, why.Rule.Held, why.Policy, why.Revisions));
    }

    [Fact]
    public async Task A_rule_lets_unwanted_mail_through_and_no_malware()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Quarantine);
        await host.AddRuleAsync("sender endsWith \"@partner.test\"", PolicyAction.Deliver);

        host.Scanners.Find(VerdictKind.Spam);
        var spam = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        host.Scanners.Find(VerdictKind.Malware);
        var malware = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        Assert.Equal(
            (DeliveryState.Queued, DeliveryState.Quarantined),
            ((await host.DeliveryAsync(spam.Deliveries[0])).State, (await host.DeliveryAsync(malware.Deliveries[0])).State));
    }

    [Fact]
    public async Task A_rule_for_one_recipient_moves_that_delivery_alone()
    {
        await using var host = await FlowHost.StartAsync();
        await host.AddRuleAsync("recipient == \"keiri@acme.test\"", PolicyAction.Quarantine);
        var mail = await host.AcceptAsync(new Mail { Recipients = ["info@acme.test", "keiri@acme.test"] });

        await host.Scans.RunOnceAsync(Stop);

        Assert.Equal(
            (DeliveryState.Queued, DeliveryState.Quarantined),
            ((await host.DeliveryAsync(mail.Deliveries[0])).State, (await host.DeliveryAsync(mail.Deliveries[1])).State));
    }

    [Fact]
    public async Task A_rule_switched_off_decides_nothing_from_then_on()
    {
        await using var host = await FlowHost.StartAsync();
        var rule = await host.AddRuleAsync("size > 0", PolicyAction.Quarantine);
        await host.Get<IRuleCommands>().UpdateAsync(host.Scope, rule, new RuleChange(Enabled: false), Stop);
        var mail = await host.AcceptAsync();

        await host.Scans.RunOnceAsync(Stop);

        Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Fact]
    public async Task A_rule_changed_during_the_scan_holds_for_the_mail_under_scan()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Scan = async (_, _) =>
        {
            await host.AddRuleAsync("size > 0", PolicyAction.Quarantine);
            return ScannerResult.Ok(FakeScanners.Verdict(VerdictKind.Clean));
        };
        var mail = await host.AcceptAsync();

        await host.Scans.RunOnceAsync(Stop);

        Assert.Equal(DeliveryState.Quarantined, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Theory]
    [InlineData(true, DeliveryState.Rejected)]
    [InlineData(false, DeliveryState.Quarantined)]
    public async Task A_rejection_by_rule_is_for_the_session_alone(bool rejectionPossible, DeliveryState state)
    {
        await using var host = await FlowHost.StartAsync();
        await host.AddRuleAsync("size > 0", PolicyAction.Reject);
        var mail = await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync((await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop)).Single(), rejectionPossible, Stop);

        Assert.Equal((rejectionPossible, state), (outcome.IsRejected, (await host.DeliveryAsync(mail.Deliveries[0])).State));
    }

    [Fact]
    public async Task What_was_kept_gives_the_decision_again()
    {
        await using var host = await FlowHost.StartAsync();
        await host.AddRuleAsync("recipient == \"info@acme.test\" and text contains \"visible\" and sender like \"bob@*\"", PolicyAction.Tag);
        await host.AddRuleAsync($"size == {new Mail().Body.Length}", PolicyAction.Quarantine);
        var mail = await host.AcceptAsync(new Mail { Recipients = ["info@acme.test", "keiri@acme.test"] });
        await host.Scans.RunOnceAsync(Stop);

        var tenant = (await host.Get<IRecipientDirectory>().FindTenantAsync(host.Tenant, Stop))!;
        var stored = Assert.Single(await host.Get<IStoredVerdicts>().ReadAsync(
            host.Scope, host.Tenant, new VerdictPeriod(DateTimeOffset.UnixEpoch, host.Time.GetUtcNow().AddDays(1)), null, 10, withText: true, Stop));
        var again = new RuleJudge(await host.Get<IRuleBook>().OfAsync(tenant, Stop), new ConditionFacts(stored.Verdict, stored.Envelope, stored.Size));

        var policies = await host.Get<IPolicyBook>().OfAsync(tenant, Stop);
        foreach (var id in mail.Deliveries)
        {
            var row = await host.DeliveryAsync(id);
            Assert.Equivalent(RuleJson.ReadDecision(row.DecisionJson!), again.Decide(row.Recipient, policies.OfMailbox(row.MailboxId)), strict: true);
        }
    }
}
