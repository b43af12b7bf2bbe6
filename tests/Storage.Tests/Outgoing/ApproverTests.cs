using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>Who decides over a mail, and who does not: never its sender (OUT5).</summary>
public abstract class ApproverContract(IStorageBackend backend) : ApprovalContract(backend)
{
    [Fact]
    public async Task Nobody_approves_what_the_own_mailbox_sends()
    {
        var (sender, _) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(sender))))[0];
        Assert.Empty(await Approvals.QueueAsync(Tenant, sender, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(sender, approve: true, delivery)).Code);
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task Nobody_approves_what_a_mailbox_sends_that_they_have_a_password_for()
    {
        var (_, boss) = await PrepareAsync();
        var passwords = Storage.Get<IAppPasswords>();
        Assert.Null((await passwords.CreateAsync(Admin with { Actor = Scope.PersonPrefix + boss }, Mailbox, "Scanner", 10, new AppPasswordKeys([1], 1, [1], [1]), Ct)).Code);
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
    public async Task A_chain_of_anotherTenants_people_is_refused()
    {
        await PrepareAsync();
        var globex = await Storage.AddTenantAsync("globex", Ct);
        var theirs = await AccountAsync("spy", globex);
        Assert.Equal("INVALID_CHAIN", (await Chains.CreateAsync(Admin, Tenant, New(ApprovalExpiry.Decline, Any(theirs)), Ct)).Code);
    }

    [Fact]
    public async Task Who_submitted_it_approves_nothing_however_it_was_removed_since()
    {
        var (_, boss) = await PrepareAsync();
        var delivery = (await SendAsync(await ChainAsync(Any(boss)), Submitted("bob@outside.test") with { SubmittedBy = [boss] }))[0];
        Assert.Empty(await Approvals.QueueAsync(Tenant, boss, 10, Ct));
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
        var made = await passwords.CreateAsync(maker, Mailbox, "Scanner", 10, new AppPasswordKeys([1], 1, [1], [1]), Ct);
        Assert.Equal([boss], Assert.Single(await passwords.OfMailboxAsync(Mailbox, Ct)).Makers);
        var delivery = (await SendAsync(await ChainAsync(Any(boss))))[0];
        Assert.Null((await passwords.RemoveAsync(Admin, made.Value, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task An_account_of_the_mailboxs_address_that_was_not_linked_is_its_sender_too()
    {
        Tenant = await TenantAsync();
        var late = await AccountAsync("late");
        Assert.Null((await Storage.Commands.AddMailboxAsync(Admin, Tenant, "late@acme.test", null, Ct)).Code);
        await using (var db = Storage.Open(Admin))
            Assert.Equal(1, await db.Accounts.Where(account => account.Id == late).ExecuteUpdateAsync(set => set.SetProperty(account => account.MailboxId, (Guid?)null), Ct));
        Mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("late", "acme.test", Ct)).Mailbox!.Id;
        var delivery = (await SendAsync(await ChainAsync(Any(late))))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(late, approve: true, delivery)).Code);
    }

    [Fact]
    public async Task Who_wrote_what_a_server_of_theTenants_own_submits_approves_nothing_of_it()
    {
        var (sender, boss) = await PrepareAsync();
        var chain = await ChainAsync(Any(sender, boss));
        var delivery = (await SendAsync(chain, OfServer("robot@acme.test"), author: Mailbox))[0];
        Assert.Equal("NOT_FOUND", (await DecideAsync(sender, approve: true, delivery)).Code);
        Assert.Equal(1, (await DecideAsync(boss, approve: true, delivery)).Value);
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
        Assert.Equal(DeliveryState.AwaitingApproval, (await DeliveryAsync(Tenant, delivery)).State);
        Assert.Empty(await Approvals.QueueAsync(Tenant, deputy, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(deputy, approve: true, delivery)).Code);
        var left = (await Approvals.QueueAsync(Tenant, boss, 10, Ct)).Count == 1 ? boss : second;
        Assert.Equal(1, (await DecideAsync(left, approve: true, delivery)).Value);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task One_person_decides_one_step_of_a_chain()
    {
        var (_, boss) = await PrepareAsync();
        var second = await AccountAsync("second");
        var delivery = (await SendAsync(await ChainAsync(Any(boss), Any(boss, second))))[0];
        await DecideAsync(boss, approve: true, delivery);
        Assert.Empty(await Approvals.QueueAsync(Tenant, boss, 10, Ct));
        Assert.Equal("NOT_FOUND", (await DecideAsync(boss, approve: true, delivery)).Code);
        Assert.Equal(1, (await DecideAsync(second, approve: true, delivery)).Value);
        Assert.Equal(DeliveryState.Queued, (await DeliveryAsync(Tenant, delivery)).State);
    }

    [Fact]
    public async Task A_chain_whose_steps_are_one_person_is_refused()
    {
        var (_, boss) = await PrepareAsync();
        Assert.Equal("INVALID_CHAIN", (await Chains.CreateAsync(Admin, Tenant, New(ApprovalExpiry.Decline, Any(boss), Any(boss)), Ct)).Code);
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
    public async Task A_deputy_is_named_once_for_a_time()
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        await DeputyAsync(boss, deputy);
        var now = Storage.Time.GetUtcNow();
        Assert.Equal("DEPUTY_EXISTS", (await Chains.AddDeputyAsync(Admin, Tenant, new NewDeputy(boss, deputy, now.AddHours(23), now.AddHours(48)), Ct)).Code);
        Assert.Null((await Chains.AddDeputyAsync(Admin, Tenant, new NewDeputy(boss, deputy, now.AddHours(24), now.AddHours(48)), Ct)).Code);
    }

    [Fact]
    public async Task An_account_has_only_so_many_deputies()
    {
        var (_, boss) = await PrepareAsync();
        var deputy = await AccountAsync("deputy");
        var now = Storage.Time.GetUtcNow();
        for (var day = 0; day < 20; day++)
            Assert.Null((await Chains.AddDeputyAsync(Admin, Tenant, new NewDeputy(boss, deputy, now.AddDays(day), now.AddDays(day + 1)), Ct)).Code);
        Assert.Equal("DEPUTY_LIMIT", (await Chains.AddDeputyAsync(Admin, Tenant, new NewDeputy(boss, deputy, now.AddDays(20), now.AddDays(21)), Ct)).Code);
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
        Assert.Equal(code, (await Chains.AddDeputyAsync(scope, Tenant, new NewDeputy(boss, deputy, now, now.AddHours(24)), Ct)).Code);
        await using var db = Storage.Open(Admin);
        string[] expected = isAdministrator ? [scope.Actor] : [];
        Assert.Equal(expected, await db.Audit.Where(entry => entry.Action == "approval-deputy.add").Select(entry => entry.Actor).ToListAsync(Ct));
    }
}

public sealed class ApproversOnSqlite() : ApproverContract(new SqliteBackend());

public sealed class ApproversOnPostgres(PostgresServer server) : ApproverContract(new PostgresBackend(server));
