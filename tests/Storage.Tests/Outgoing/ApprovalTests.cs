using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>What an approval lets out, and what happens when nobody decides (OUT5).</summary>
public abstract class ApprovalFlowContract(IStorageBackend backend) : ApprovalContract(backend)
{
    [Fact]
    public async Task What_is_approved_goes_to_the_relay_and_nothing_does_before()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal(1, (await DecideAsync(boss, approve: true, delivery)).Value);
        Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Fact]
    public async Task What_is_declined_goes_nowhere()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        await DecideAsync(boss, approve: false, delivery);
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(Tenant, delivery)).State);
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Steps_decide_one_after_another()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(Any(boss), Any(second))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(second, approve: true, delivery)).Code);
        await DecideAsync(boss, approve: true, delivery);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(Tenant, delivery)).State);
        await DecideAsync(second, approve: true, delivery);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task All_of_a_step_approve_where_it_says_so()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(new ApprovalStep([boss, second], null, All: true))))[0];
        await DecideAsync(boss, approve: true, delivery);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(Tenant, delivery)).State);
        Assert.Empty(await Approvals.QueueAsync(Tenant, boss, 10, Ct));
        await DecideAsync(second, approve: true, delivery);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task Some_recipients_are_approved_and_others_declined()
    {
        var (_, boss) = await PrepareAsync();
        var deliveries = await SendAsync(await ChainAsync(Any(boss)), "a@outside.test", "b@outside.test");
        await DecideAsync(boss, approve: true, deliveries[0]);
        await DecideAsync(boss, approve: false, deliveries[1]);
        Assert.Equal("a@outside.test", Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).Recipient);
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(Tenant, deliveries[1])).State);
    }

    [Theory]
    [InlineData(ApprovalExpiry.Decline, DeliveryState.Declined)]
    [InlineData(ApprovalExpiry.Send, DeliveryState.Queued)]
    public async Task What_nobody_decides_over_ends_as_the_chain_says(ApprovalExpiry expiry, DeliveryState state)
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(expiry, Any(boss))))[0];
        Storage.Time.Advance(TimeSpan.FromHours(48));
        await Storage.Get<IOutgoingMail>().EndDueAsync(10, Ct);
        Assert.Equal(state, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task What_nobody_could_have_decided_over_is_declined_whatever_the_chain_says()
    {
        var (sender, _) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(ApprovalExpiry.Send, Any(sender))))[0];
        Storage.Time.Advance(TimeSpan.FromHours(48));
        await Storage.Get<IOutgoingMail>().EndDueAsync(10, Ct);
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task A_change_of_the_chain_frees_nothing_that_waits()
    {
        var (_, boss) = await PrepareAsync();
        var other = await AccountAsync("other");
        var chain = await ChainAsync(Any(boss));
        var delivery = (await SendAsync(chain))[0];
        await Chains.UpdateAsync(Admin, chain, New(ApprovalExpiry.Decline, Any(other)), Ct);
        Assert.Equal("NOT_FOUND", (await DecideAsync(other, approve: true, delivery)).Code);
        Assert.Equal(1, (await DecideAsync(boss, approve: true, delivery)).Value);
    }

    [Fact]
    public async Task What_is_called_back_waits_for_nobody()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        await Storage.Get<IOutgoingMail>().CancelAsync(Admin, (await DeliveryAsync(Tenant, delivery)).MessageId, null, Ct);
        Assert.Empty(await Approvals.QueueAsync(Tenant, boss, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Approvers_are_asked_once_for_all_recipients_and_reminded()
    {
        var (_, boss) = await PrepareAsync();
        await SendAsync(await ChainAsync(Any(boss)), "a@outside.test", "b@outside.test");
        Assert.Single(await OrdersAsync(MailOrderKinds.ApprovalRequested), "boss@acme.test");
        Storage.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(2, await Storage.Get<IOutgoingMail>().RemindAsync(10, Ct));
        Assert.Single(await OrdersAsync(MailOrderKinds.ApprovalReminder), "boss@acme.test");
    }

    [Fact]
    public async Task Every_decision_is_an_event_and_on_the_audit_log()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        await DecideAsync(boss, approve: true, delivery);
        await using var db = Storage.Open(Admin);
        Assert.Equal(1, await db.Events.CountAsync(e => e.Kind == EventKinds.ApprovalDecided && e.DeliveryId == delivery, Ct));
        Assert.Equal(Scope.PersonPrefix + boss, (await db.Audit.SingleAsync(a => a.Action == "approval.approve", Ct)).Actor);
    }

    [Theory]
    [InlineData("robot@acme.test", true, "info@acme.test")]
    [InlineData("robot@acme.test", false, "robot@acme.test")]
    [InlineData("robot@elsewhere.test", false, null)]
    [InlineData("", false, null)]
    public async Task What_becomes_of_mail_of_a_server_is_told_to_its_author_else_to_its_sender_within_theTenant(string mailFrom, bool hasAuthor, string? told)
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss)), OfServer(mailFrom), hasAuthor ? Mailbox : null))[0];
        await DecideAsync(boss, approve: false, delivery);
        string[] expected = told is null ? [] : [told];
        Assert.Equal(expected, await OrdersAsync(MailOrderKinds.ApprovalDecided));
    }

    [Fact]
    public async Task What_is_held_waits_for_its_approval_when_it_is_released()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = await HeldAsync(boss);
        Assert.Empty(await OrdersAsync(MailOrderKinds.ApprovalRequested));
        Assert.Equal(new MoveOutcome(MoveStatus.Moved, DeliveryState.AwaitingApproval), await Flow.ReleaseAsync(Admin, delivery, Ct));
        Assert.Equal(MoveStatus.AlreadyThere, (await Flow.ReleaseAsync(Admin, delivery, Ct)).Status);
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Single(await OrdersAsync(MailOrderKinds.ApprovalRequested), "boss@acme.test");
        await DecideAsync(boss, approve: true, delivery);
        Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Fact]
    public async Task A_release_asks_for_the_approvals_and_not_for_what_the_sender_would_have_done()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = await HeldAsync(boss, new SendStage.Wait(10), new SendStage.Confirm([], 24));
        await Flow.ReleaseAsync(Admin, delivery, Ct);
        Assert.IsType<SendStage.Approve>(Assert.Single(SendJson.ReadPlan((await DeliveryAsync(Tenant, delivery)).PlanJson).Stages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_sends_it_does_not_release_what_asks_for_approval(bool byClient)
    {
        var (sender, boss) = await PrepareAsync();
        var delivery = await HeldAsync(boss);
        var own = byClient ? Admin with { Actor = "client:own", Makers = [sender] } : Admin with { Actor = Scope.PersonPrefix + sender };
        Assert.Equal(new MoveOutcome(MoveStatus.OwnMail, DeliveryState.Quarantined), await Flow.ReleaseAsync(own, delivery, Ct));
    }

    [Fact]
    public async Task Whoever_waits_behind_many_others_is_found()
    {
        var (_, boss) = await PrepareAsync();
        var other = await AccountAsync("other");
        var (others, own) = (await ChainAsync(ApprovalExpiry.Decline, "Others", Any(other)), await ChainAsync(Any(boss)));
        for (var i = 0; i < 101; i++)
            await SendAsync(others);
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        var delivery = (await SendAsync(own))[0];
        Assert.Equal(delivery, Assert.Single(Assert.Single(await Approvals.QueueAsync(Tenant, boss, 10, Ct)).Deliveries).DeliveryId);
        Assert.Equal(101, (await Approvals.QueueAsync(Tenant, other, 200, Ct)).Count);
    }

    [Fact]
    public async Task Each_mail_is_asked_for_by_itself()
    {
        var (_, boss) = await PrepareAsync();
        var chain = await ChainAsync(Any(boss));
        await SendAsync(chain, "a@outside.test", "b@outside.test");
        await SendAsync(chain, "a@outside.test", "b@outside.test");
        Assert.Equal(["boss@acme.test", "boss@acme.test"], await OrdersAsync(MailOrderKinds.ApprovalRequested));
    }
}

public sealed class ApprovalsOnSqlite() : ApprovalFlowContract(new SqliteBackend());

public sealed class ApprovalsOnPostgres(PostgresServer server) : ApprovalFlowContract(new PostgresBackend(server));
