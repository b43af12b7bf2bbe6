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

    [Fact]
    public async Task Who_submitted_it_approves_nothing_however_it_was_removed_since()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss)), Submitted("bob@outside.test") with { SubmittedBy = [boss] }))[0];
        Assert.Empty(await Approvals.QueueAsync(_tenant, boss, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_password_was_removed_since_the_approval_began_still_approves_nothing(bool byClient)
    {
        var (_, boss) = await PrepareAsync();
        var passwords = Storage.Get<IAppPasswords>();
        var maker = byClient ? Admin with { Actor = "client:own", Makers = [boss] } : Admin with { Actor = Scope.PersonPrefix + boss };
        var made = await passwords.CreateAsync(maker, _mailbox, "Scanner", 10, new AppPasswordKeys([1], 1, [1], [1]), Ct);
        Assert.Equal([boss], Assert.Single(await passwords.OfMailboxAsync(_mailbox, Ct)).Makers);
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Null((await passwords.RemoveAsync(Admin, made.Value, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task An_account_of_the_mailboxs_address_that_was_not_linked_is_its_sender_too()
    {
        _tenant = await TenantAsync();
        var late = await AccountAsync("late");
        Assert.Null((await Storage.Commands.AddMailboxAsync(Admin, _tenant, "late@acme.test", null, Ct)).Code);
        await using (var db = Storage.Open(Admin))
            Assert.Equal(1, await db.Accounts.Where(account => account.Id == late).ExecuteUpdateAsync(set => set.SetProperty(account => account.MailboxId, (Guid?)null), Ct));
        _mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("late", "acme.test", Ct)).Mailbox!.Id;
        var delivery = (await SendAsync(await ChainAsync(Any(late))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(late, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Who_wrote_what_a_server_of_the_tenants_own_submits_approves_nothing_of_it()
    {
        var (sender, boss) = await PrepareAsync();
        var chain = await ChainAsync(Any(sender, boss));
        var delivery = (await SendAsync(chain, OfServer("robot@acme.test"), author: _mailbox))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(sender, approve: true, delivery)).Code);
        Assert.Equal(1, (await DecideAsync(boss, approve: true, delivery)).Value);
    }

    [Theory]
    [InlineData("robot@acme.test", true, "info@acme.test")]
    [InlineData("robot@acme.test", false, "robot@acme.test")]
    [InlineData("robot@elsewhere.test", false, null)]
    [InlineData("", false, null)]
    public async Task What_becomes_of_mail_of_a_server_is_told_to_its_author_else_to_its_sender_within_the_tenant(string mailFrom, bool hasAuthor, string? told)
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss)), OfServer(mailFrom), hasAuthor ? _mailbox : null))[0];
        await DecideAsync(boss, approve: false, delivery);
        string[] expected = told is null ? [] : [told];
        Assert.Equal(expected, await OrdersAsync(MailOrderKinds.ApprovalDecided));
    }

    [Fact]
    public async Task One_person_fills_one_place_of_a_step_whomever_it_stands_in_for()
    {
        var (_, boss) = await PrepareAsync();
        var (second, deputy) = (await AccountAsync("second"), await AccountAsync("deputy"));
        await DeputyAsync(boss, deputy);
        await DeputyAsync(second, deputy);
        var delivery = (await SendAsync(await ChainAsync(new ApprovalStep([boss, second], null, All: true))))[0];
        Assert.Equal(1, (await DecideAsync(deputy, approve: true, delivery)).Value);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(_tenant, delivery)).State);
        Assert.Empty(await Approvals.QueueAsync(_tenant, deputy, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(deputy, approve: true, delivery)).Code);
        var left = (await Approvals.QueueAsync(_tenant, boss, 10, Ct)).Count == 1 ? boss : second;
        Assert.Equal(1, (await DecideAsync(left, approve: true, delivery)).Value);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task One_person_decides_one_step_of_a_chain()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(Any(boss), Any(boss, second))))[0];
        await DecideAsync(boss, approve: true, delivery);
        Assert.Empty(await Approvals.QueueAsync(_tenant, boss, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
        Assert.Equal(1, (await DecideAsync(second, approve: true, delivery)).Value);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(_tenant, delivery)).State);
    }

    [Fact]
    public async Task A_chain_whose_steps_are_one_person_is_refused()
    {
        var (_, boss) = await PrepareAsync();
        Assert.Equal("INVALID_CHAIN", (await Chains.CreateAsync(Admin, _tenant, New(ApprovalExpiry.Decline, Any(boss), Any(boss)), Ct)).Code);
    }

    [Fact]
    public async Task Who_may_not_decide_is_nobody_who_could_have()
    {
        await PrepareAsync();
        var clerk = await AccountAsync("clerk", role: BuiltInRoles.Auditor);
        var delivery = (await SendAsync(await ChainAsync(ApprovalExpiry.Send, Any(clerk))))[0];
        Assert.Empty(await OrdersAsync(MailOrderKinds.ApprovalRequested));
        Assert.Equal(DeliveryState.Declined, await ExpiredAsync(delivery));
    }

    [Fact]
    public async Task A_later_step_that_nobody_could_decide_over_declines_it_as_well()
    {
        var (sender, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(ApprovalExpiry.Send, Any(boss), Any(sender))))[0];
        Assert.Equal(DeliveryState.Declined, await ExpiredAsync(delivery));
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
        Assert.IsType<SendStage.Approve>(Assert.Single(SendJson.ReadPlan((await DeliveryAsync(_tenant, delivery)).PlanJson).Stages));
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
        Assert.Equal(delivery, Assert.Single(Assert.Single(await Approvals.QueueAsync(_tenant, boss, 10, Ct)).Deliveries).DeliveryId);
        Assert.Equal(101, (await Approvals.QueueAsync(_tenant, other, 200, Ct)).Count);
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

    [Fact]
    public async Task A_deputy_is_named_once_for_a_time()
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        await DeputyAsync(boss, deputy);
        var now = Storage.Time.GetUtcNow();
        Assert.Equal("DEPUTY_EXISTS", (await Chains.AddDeputyAsync(Admin, _tenant, new NewDeputy(boss, deputy, now.AddHours(23), now.AddHours(48)), Ct)).Code);
        Assert.Null((await Chains.AddDeputyAsync(Admin, _tenant, new NewDeputy(boss, deputy, now.AddHours(24), now.AddHours(48)), Ct)).Code);
    }

    [Fact]
    public async Task An_account_has_only_so_many_deputies()
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        var now = Storage.Time.GetUtcNow();
        for (var day = 0; day < 20; day++)
            Assert.Null((await Chains.AddDeputyAsync(Admin, _tenant, new NewDeputy(boss, deputy, now.AddDays(day), now.AddDays(day + 1)), Ct)).Code);
        Assert.Equal("DEPUTY_LIMIT", (await Chains.AddDeputyAsync(Admin, _tenant, new NewDeputy(boss, deputy, now.AddDays(20), now.AddDays(21)), Ct)).Code);
    }

    [Theory]
    [InlineData(false, "NOT_FOUND")]
    [InlineData(true, null)]
    public async Task Others_deputies_are_named_by_administrators_alone_and_the_audit_log_tells(bool isAdministrator, string? code)
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        var scope = Admin with { Actor = Scope.PersonPrefix + deputy, Permissions = new HashSet<string> { isAdministrator ? Permissions.AccountsWrite : Permissions.ApprovalsDecide } };
        var now = Storage.Time.GetUtcNow();
        Assert.Equal(code, (await Chains.AddDeputyAsync(scope, _tenant, new NewDeputy(boss, deputy, now, now.AddHours(24)), Ct)).Code);
        await using var db = Storage.Open(Admin);
        string[] expected = isAdministrator ? [scope.Actor] : [];
        Assert.Equal(expected, await db.Audit.Where(entry => entry.Action == "approval-deputy.add").Select(entry => entry.Actor).ToListAsync(Ct));
    }

    private static ApprovalStep Any(params Guid[] accounts) => new(accounts, null, All: false);

    private static NewApprovalChain New(ApprovalExpiry expiry, params ApprovalStep[] steps) => New("Managers", expiry, steps);

    private static NewApprovalChain New(string name, ApprovalExpiry expiry, params ApprovalStep[] steps) => new(name, steps, 48, expiry, 4);

    private async Task<(Guid Sender, Guid Boss)> PrepareAsync()
    {
        _tenant = await TenantAsync();
        _mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        return (await AccountAsync("info"), await AccountAsync("boss"));
    }

    /// <summary>Of the address <c>info@</c> the owner of the mailbox that sends.</summary>
    private async Task<Guid> AccountAsync(string local, Guid? tenant = null, Role? role = null)
    {
        var of = tenant ?? _tenant;
        var made = await Storage.Get<IAccountCommands>().CreateAsync(
            Scope.System(of, "test"), AccountOwner.Tenant(of), new NewAccount($"{local}@{(of == _tenant ? "acme" : "globex")}.test", local, [(role ?? BuiltInRoles.Helpdesk).Id], "en"), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private Task<Guid> ChainAsync(params ApprovalStep[] steps) => ChainAsync(ApprovalExpiry.Decline, steps);

    private Task<Guid> ChainAsync(ApprovalExpiry expiry, params ApprovalStep[] steps) => ChainAsync(expiry, "Managers", steps);

    private async Task<Guid> ChainAsync(ApprovalExpiry expiry, string name, params ApprovalStep[] steps)
    {
        var made = await Chains.CreateAsync(Admin, _tenant, New(name, expiry, steps), Ct);
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

    private async Task<DeliveryState> ExpiredAsync(Guid delivery)
    {
        Storage.Time.Advance(TimeSpan.FromHours(48));
        await Storage.Get<IOutgoingMail>().EndDueAsync(10, Ct);
        return (await DeliveryAsync(_tenant, delivery)).State;
    }

    private NewMessage Submitted(params string[] recipients) => Mails.To(_tenant, Storage.Time.GetUtcNow(), recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = _mailbox };

    /// <summary>By a server of the tenant's own, for an address without a mailbox.</summary>
    private NewMessage OfServer(string mailFrom)
    {
        var message = Submitted("bob@outside.test") with { SenderMailboxId = null, ConnectorId = Guid.NewGuid() };
        return message with { Envelope = message.Envelope with { MailFrom = mailFrom } };
    }

    /// <summary>Held by something else, and to be approved by <paramref name="approver"/> beside.</summary>
    private async Task<Guid> HeldAsync(Guid approver, params SendStage[] stages) =>
        (await SendAsync(Submitted("bob@outside.test"), DeliveryState.Quarantined, null, [.. stages, Approval(await ChainAsync(Any(approver)))]))[0];

    private Task<IReadOnlyList<Guid>> SendAsync(Guid chain, params string[] recipients) => SendAsync(chain, Submitted(recipients.Length == 0 ? ["bob@outside.test"] : recipients));

    private Task<IReadOnlyList<Guid>> SendAsync(Guid chain, NewMessage message, Guid? author = null) => SendAsync(message, DeliveryState.Queued, author, Approval(chain));

    private async Task<IReadOnlyList<Guid>> SendAsync(NewMessage message, DeliveryState state, Guid? author, params SendStage[] stages)
    {
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var outcome = Mails.Outcome(lease, state);
        Assert.True(await Flow.CompleteScanAsync(
            lease, outcome with { AuthorMailboxId = author, Decisions = [.. outcome.Decisions.Select(decision => decision.After(SendPlan.Of(stages)))] }, Ct));
        return [.. message.Deliveries.Select(delivery => delivery.Id)];
    }

    private static SendStage.Approve Approval(Guid chain) => new SendStage.Approve(chain, "Managers", [new SendReason("rule", "", "recipient.outside")], 48);
}

public sealed class ApprovalsOnSqlite() : ApprovalContract(new SqliteBackend());

public sealed class ApprovalsOnPostgres(PostgresServer server) : ApprovalContract(new PostgresBackend(server));
