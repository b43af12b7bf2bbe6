using Platform.Engine.Verdicts;
using Platform.Grains.Inspection;
using Platform.Grains.Policy.Replays;
using Platform.Grains.Tests.Support;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Policy.Inherited;

/// <summary>Each delivery by the policy of its own mailbox.</summary>
public sealed class InheritedPolicyTests
{
    private static readonly Mail s_toBoth = new() { Recipients = ["info@acme.test", "keiri@acme.test"] };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_recipients_of_one_mail_go_different_ways_and_each_decision_says_why()
    {
        await using var host = await FlowHost.StartAsync();
        var group = await host.AddGroupAsync("Accounting", "keiri@acme.test");
        await host.SetPolicyAsync(PolicyTarget.Group(group), VerdictKind.Spam, PolicyAction.Quarantine);

        var (first, second) = await InspectedAsync(host, VerdictKind.Spam);

        Assert.Equal((DeliveryState.Queued, DeliveryState.Quarantined), (first.State, second.State));
        Assert.Equal((PolicyOrigin.Platform, new PolicyOrigin(PolicyLevel.Group, group, "Accounting")), (Why(first).Origin, Why(second).Origin));
    }

    [Fact]
    public async Task A_mailbox_says_otherwise_than_its_group_and_its_tenant()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Quarantine);
        await host.SetPolicyAsync(PolicyTarget.Group(await host.AddGroupAsync("Accounting", "keiri@acme.test")), VerdictKind.Spam, PolicyAction.Reject);
        await host.SetPolicyAsync(PolicyTarget.Mailbox(await host.MailboxAsync("keiri@acme.test")), VerdictKind.Spam, PolicyAction.Deliver);

        var (first, second) = await InspectedAsync(host, VerdictKind.Spam);

        Assert.Equal((DeliveryState.Quarantined, DeliveryState.Queued), (first.State, second.State));
        Assert.Equal((PolicyLevel.Tenant, PolicyLevel.Mailbox), (Why(first).Origin!.Level, Why(second).Origin!.Level));
    }

    [Fact]
    public async Task The_words_of_a_group_mark_the_mail_of_its_members_alone()
    {
        await using var host = await FlowHost.StartAsync();
        var group = await host.AddGroupAsync("Accounting", "keiri@acme.test");
        Assert.Null((await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Group(group), [new PolicyChange("tag.text", "[SPAM]")], Stop)).Code);

        var (first, second) = await InspectedAsync(host, VerdictKind.Spam);

        Assert.DoesNotContain("X-Inspection-Tag", first.Tag, StringComparison.Ordinal);
        Assert.EndsWith("X-Inspection-Tag: [SPAM]\r\n", second.Tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, DeliveryState.Queued, DeliveryState.Quarantined, false)]
    [InlineData(true, DeliveryState.Rejected, DeliveryState.Rejected, true)]
    public async Task A_mail_that_one_recipient_is_to_have_is_not_rejected_for_the_other(bool both, DeliveryState first, DeliveryState second, bool rejected)
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(PolicyTarget.Mailbox(await host.MailboxAsync("keiri@acme.test")), VerdictKind.Spam, PolicyAction.Reject);
        if (both)
            await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Reject);
        host.Scanners.Find(VerdictKind.Spam);
        var mail = await host.AcceptAsync(s_toBoth);

        var outcome = await host.Inspector.InspectAsync((await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop)).Single(), rejectionPossible: true, Stop);

        Assert.Equal((InspectionStatus.Completed, rejected), (outcome.Status, outcome.IsRejected));
        Assert.Equal((first, second), ((await host.DeliveryAsync(mail.Deliveries[0])).State, (await host.DeliveryAsync(mail.Deliveries[1])).State));
    }

    [Fact]
    public async Task Who_leaves_a_group_leaves_its_policy()
    {
        await using var host = await FlowHost.StartAsync();
        var group = await host.AddGroupAsync("Accounting", "keiri@acme.test");
        await host.SetPolicyAsync(PolicyTarget.Group(group), VerdictKind.Spam, PolicyAction.Quarantine);
        await host.Get<IGroupCommands>().ChangeMembersAsync(host.Scope, group, [], [new GroupMember(GroupMemberKind.Mailbox, await host.MailboxAsync("keiri@acme.test"))], Stop);

        var (_, second) = await InspectedAsync(host, VerdictKind.Spam);

        Assert.Equal(DeliveryState.Queued, second.State);
    }

    [Fact]
    public async Task A_replay_tries_a_policy_on_the_mail_of_one_group_alone()
    {
        await using var host = await FlowHost.StartAsync();
        var group = await host.AddGroupAsync("Accounting", "keiri@acme.test");
        var both = (await InspectedAsync(host, VerdictKind.Spam)).Second.MessageId;
        host.Scanners.Find(VerdictKind.Spam);
        await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        var (row, tally) = await ReplayAsync(host, PolicyTarget.Group(group));

        Assert.Equal((2, "policy"), (row.Examined, row.Name));
        Assert.Equal([both], tally.Caught.First);
        Assert.Equal((1, 1), (tally.Matched.Total, tally.Caught.Total));
        Assert.Equal(new PolicyOrigin(PolicyLevel.Group, group, "Accounting"), RuleJson.ReadPlan(row.Plan).Place);
    }

    [Fact]
    public async Task A_replay_knows_what_groups_and_mailboxes_do_already()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(PolicyTarget.Group(await host.AddGroupAsync("Accounting", "keiri@acme.test")), VerdictKind.Spam, PolicyAction.Quarantine);
        await InspectedAsync(host, VerdictKind.Spam);

        var (_, ofTenant) = await ReplayAsync(host, PolicyTarget.Tenant(host.Tenant));
        var (_, ofMailbox) = await ReplayAsync(host, PolicyTarget.Mailbox(await host.MailboxAsync("keiri@acme.test")));

        Assert.Equal((1, 0), (ofTenant.Caught.Total, ofMailbox.Caught.Total));
    }

    [Fact]
    public async Task No_replay_runs_for_a_place_that_is_not_the_tenants()
    {
        await using var host = await FlowHost.StartAsync();
        foreach (var place in new[] { PolicyTarget.Group(Guid.NewGuid()), PolicyTarget.Mailbox(Guid.NewGuid()), PolicyTarget.Tenant(Guid.NewGuid()) })
            Assert.Equal("NOT_FOUND", (await host.Get<IRuleReplays>().StartAsync(host.Scope, host.Tenant, Request(place), Stop)).Code);
    }

    private static ReplayRequest Request(PolicyTarget place) => new() { Policy = new Dictionary<VerdictKind, PolicyAction> { [VerdictKind.Spam] = PolicyAction.Quarantine }, PolicyOf = place };

    private static async Task<(RuleReplayRow Row, ReplayTally Tally)> ReplayAsync(FlowHost host, PolicyTarget place)
    {
        // Its period ends now, and the mail came before.
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var started = await host.Get<IRuleReplays>().StartAsync(host.Scope, host.Tenant, Request(place), Stop);
        Assert.Null(started.Code);
        Assert.True(await host.Get<ReplayWorker>().RunOnceAsync(Stop));
        var row = Assert.Single(await host.RowsAsync(db => db.RuleReplays.Where(replay => replay.Id == started.Id)));
        return (row, RuleJson.ReadTally(row.Tally));
    }

    private static async Task<(DeliveryRow First, DeliveryRow Second)> InspectedAsync(FlowHost host, VerdictKind verdict)
    {
        host.Scanners.Find(verdict);
        var mail = await host.AcceptAsync(s_toBoth);
        await host.Scans.RunOnceAsync(Stop);
        return (await host.DeliveryAsync(mail.Deliveries[0]), await host.DeliveryAsync(mail.Deliveries[1]));
    }

    private static DecisionRecord Why(DeliveryRow row) => RuleJson.ReadDecision(row.DecisionJson!);
}
