using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>Who lets a mail out, who does not, and what happens when nobody decides (OUT5).</summary>
public abstract class ApprovalContract(IStorageBackend backend) : FlowContract(backend)
{
    private Guid _tenant;
    private Guid _mailbox;

    private IApprovals Approvals => Storage.Get<IApprovals>();

    private IApprovalChains Chains => Storage.Get<IApprovalChains>();

    private Scope Admin => Scope.System(_tenant, "test");

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
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(_tenant, delivery)).State);
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Nobody_approves_what_the_own_mailbox_sends()
    {
        var (sender, _) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(sender))))[0];
        Assert.Empty(await Approvals.QueueAsync(_tenant, sender, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(sender, approve: true, delivery)).Code);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task Nobody_approves_what_a_mailbox_sends_that_they_have_a_password_for()
    {
        var (_, boss) = await PrepareAsync();
        var passwords = Storage.Get<IAppPasswords>();
        Assert.Null((await passwords.CreateAsync(Admin with { Actor = Scope.PersonPrefix + boss }, _mailbox, "Scanner", 10, new AppPasswordKeys([1], 1, [1], [1]), Ct)).Code);
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task A_sender_approves_nothing_of_its_own_as_a_deputy()
    {
        var (sender, boss) = await PrepareAsync();
        await DeputyAsync(boss, sender);
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(sender, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task A_deputy_decides_within_its_time_and_not_after()
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        await DeputyAsync(boss, deputy);
        var chain = await ChainAsync(Any(boss));
        var (first, second) = ((await SendAsync(chain))[0], (await SendAsync(chain))[0]);
        Assert.Equal(1, (await DecideAsync(deputy, approve: true, first)).Value);
        Storage.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("NOT_FOUND", (await DecideAsync(deputy, approve: true, second)).Code);
    }

    [Fact]
    public async Task Who_is_of_no_step_decides_nothing()
    {
        var (_, boss) = await PrepareAsync();
        var other = await AccountAsync("other");
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(other, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Steps_decide_one_after_another()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(Any(boss), Any(second))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(second, approve: true, delivery)).Code);
        await DecideAsync(boss, approve: true, delivery);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(_tenant, delivery)).State);
        await DecideAsync(second, approve: true, delivery);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task All_of_a_step_approve_where_it_says_so()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(new ApprovalStep([boss, second], null, All: true))))[0];
        await DecideAsync(boss, approve: true, delivery);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(_tenant, delivery)).State);
        Assert.Empty(await Approvals.QueueAsync(_tenant, boss, 10, Ct));
        await DecideAsync(second, approve: true, delivery);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task Some_recipients_are_approved_and_others_declined()
    {
        var (_, boss) = await PrepareAsync();
        var deliveries = await SendAsync(await ChainAsync(Any(boss)), "a@outside.test", "b@outside.test");
        await DecideAsync(boss, approve: true, deliveries[0]);
        await DecideAsync(boss, approve: false, deliveries[1]);
        Assert.Equal("a@outside.test", Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).Recipient);
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(_tenant, deliveries[1])).State);
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
        Assert.Equal(state, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task What_nobody_could_have_decided_over_is_declined_whatever_the_chain_says()
    {
        var (sender, _) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(ApprovalExpiry.Send, Any(sender))))[0];
        Storage.Time.Advance(TimeSpan.FromHours(48));
        await Storage.Get<IOutgoingMail>().EndDueAsync(10, Ct);
        Assert.Equal(DeliveryState.Declined, (await DeliveryAsync(_tenant, delivery)).State);
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
        await Storage.Get<IOutgoingMail>().CancelAsync(Admin, (await DeliveryAsync(_tenant, delivery)).MessageId, null, Ct);
        Assert.Empty(await Approvals.QueueAsync(_tenant, boss, 10, Ct));
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

    [Fact]
    public async Task A_chain_of_another_tenants_people_is_refused()
    {
        await PrepareAsync();
        var globex = await Storage.AddTenantAsync("globex", Ct);
        var theirs = await AccountAsync("spy", globex);
        Assert.Equal("INVALID_CHAIN", (await Chains.CreateAsync(Admin, _tenant, New(ApprovalExpiry.Decline, Any(theirs)), Ct)).Code);
    }

    private static ApprovalStep Any(params Guid[] accounts) => new(accounts, null, All: false);

    private static NewApprovalChain New(ApprovalExpiry expiry, params ApprovalStep[] steps) => new("Managers", steps, 48, expiry, 4);

    private async Task<(Guid Sender, Guid Boss)> PrepareAsync()
    {
        _tenant = await TenantAsync();
        _mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        return (await AccountAsync("info"), await AccountAsync("boss"));
    }

    /// <summary>Of the address <c>info@</c> the owner of the mailbox that sends.</summary>
    private async Task<Guid> AccountAsync(string local, Guid? tenant = null)
    {
        var of = tenant ?? _tenant;
        var made = await Storage.Get<IAccountCommands>().CreateAsync(
            Scope.System(of, "test"), AccountOwner.Tenant(of), new NewAccount($"{local}@{(of == _tenant ? "acme" : "globex")}.test", local, [BuiltInRoles.Helpdesk.Id], "en"), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private Task<Guid> ChainAsync(params ApprovalStep[] steps) => ChainAsync(ApprovalExpiry.Decline, steps);

    private async Task<Guid> ChainAsync(ApprovalExpiry expiry, params ApprovalStep[] steps)
    {
        var made = await Chains.CreateAsync(Admin, _tenant, New(expiry, steps), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task DeputyAsync(Guid account, Guid deputy)
    {
        var now = Storage.Time.GetUtcNow();
        Assert.Null((await Chains.AddDeputyAsync(Admin, _tenant, new NewDeputy(account, deputy, now, now.AddHours(24)), Ct)).Code);
    }

    private Task<CommandResult<int>> DecideAsync(Guid account, bool approve, params Guid[] deliveries) => Approvals.DecideAsync(_tenant, account, deliveries, approve, "", Ct);

    private async Task<IEnumerable<string>> OrdersAsync(string kind) => (await Storage.Get<IMailOrders>().WaitingAsync(100, 60, Ct)).Where(order => order.Kind == kind).Select(order => order.Recipient);

    private async Task<IReadOnlyList<Guid>> SendAsync(Guid chain, params string[] recipients)
    {
        var message = Mails.To(_tenant, Storage.Time.GetUtcNow(), recipients.Length == 0 ? ["bob@outside.test"] : recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = _mailbox };
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var plan = SendPlan.Of(new SendStage.Approve(chain, "Managers", [new SendReason("rule", "", "recipient.outside")], 48));
        var outcome = Mails.Outcome(lease, DeliveryState.Queued);
        Assert.True(await Flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision.After(plan))] }, Ct));
        return [.. message.Deliveries.Select(delivery => delivery.Id)];
    }
}

public sealed class ApprovalsOnSqlite() : ApprovalContract(new SqliteBackend());

public sealed class ApprovalsOnPostgres(PostgresServer server) : ApprovalContract(new PostgresBackend(server));
