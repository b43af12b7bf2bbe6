using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Accounts;

public abstract class AccountCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IAccountCommands Accounts => Storage.Get<IAccountCommands>();

    private IAccountDirectory People => Storage.Get<IAccountDirectory>();

    [Fact]
    public async Task An_account_is_found_by_its_id_and_by_its_address_as_typed()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner, " Info@ACME.test ", BuiltInRoles.Analyst);

        var account = await People.FindByAddressAsync("INFO@acme.test ", Ct);
        Assert.Equal(account, await People.FindAsync(id, Ct), SameAccount);
        Assert.Equal(
            (id, "info@acme.test", "Somebody", AccountState.Active, owner.Id, null, null),
            (account!.Id, account.Address, account.Name, account.State, account.TenantId!.Value, account.MspId, account.Mailboxes));
        Assert.Equal(BuiltInRoles.Analyst.Permissions.Order(), account.Permissions.Order());
    }

    [Fact]
    public async Task An_address_has_one_account_over_all_tenants()
    {
        var (acme, owner) = await TenantAsync("acme");
        var (globex, other) = await TenantAsync("globex");
        await MadeAsync(acme, owner, "same@x.test", BuiltInRoles.Auditor);

        Assert.Equal("ADDRESS_TAKEN", (await Accounts.CreateAsync(globex, other, New("SAME@x.test", BuiltInRoles.Auditor), Ct)).Code);
    }

    [Theory]
    [InlineData("no address", "Name", "en", "INVALID_ADDRESS")]
    [InlineData("a@acme.test", "", "en", "INVALID_NAME")]
    [InlineData("a@acme.test", "Name", "fr", "INVALID_LANGUAGE")]
    public async Task A_broken_account_is_refused(string address, string name, string language, string code)
    {
        var (scope, owner) = await TenantAsync("acme");
        Assert.Equal(code, (await Accounts.CreateAsync(scope, owner, new NewAccount(address, name, [BuiltInRoles.Analyst.Id], language), Ct)).Code);
    }

    [Fact]
    public async Task Roles_are_those_of_the_owner_each_once()
    {
        var (scope, owner) = await TenantAsync("acme");

        Assert.Equal("INVALID_ROLES", (await Accounts.CreateAsync(scope, owner, new NewAccount("a@x.test", "A", []), Ct)).Code);
        Assert.Equal("INVALID_ROLES", (await Accounts.CreateAsync(scope, owner, New("a@x.test", BuiltInRoles.Auditor, BuiltInRoles.Auditor), Ct)).Code);
        Assert.Equal("ROLE_UNKNOWN", (await Accounts.CreateAsync(scope, owner, New("a@x.test", BuiltInRoles.MspOperator), Ct)).Code);
        Assert.Equal("ROLE_UNKNOWN", (await Accounts.CreateAsync(scope, owner, new NewAccount("a@x.test", "A", [Guid.NewGuid()]), Ct)).Code);
    }

    [Fact]
    public async Task Nobody_gives_more_than_it_holds()
    {
        var (scope, owner) = await TenantAsync("acme");
        var clerk = scope with { Permissions = new HashSet<string>([.. BuiltInRoles.Auditor.Permissions, Permissions.AccountsWrite]) };
        var auditor = await MadeAsync(clerk, owner, "auditor@x.test", BuiltInRoles.Auditor);

        Assert.Equal("PERMISSION_NOT_HELD", (await Accounts.CreateAsync(clerk, owner, New("a@x.test", BuiltInRoles.Administrator), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Accounts.SetRolesAsync(clerk, auditor, [BuiltInRoles.Analyst.Id], Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() =>
            Accounts.CreateAsync(scope with { Permissions = BuiltInRoles.Auditor.Permissions }, owner, New("b@x.test", BuiltInRoles.Auditor), Ct));
    }

    [Fact]
    public async Task Nobody_touches_an_account_that_may_do_more()
    {
        var (scope, owner) = await TenantAsync("acme");
        await MadeAsync(scope, owner, "one@x.test", BuiltInRoles.Administrator);
        var admin = await MadeAsync(scope, owner, "two@x.test", BuiltInRoles.Administrator);
        var clerk = scope with { Permissions = new HashSet<string> { Permissions.AccountsWrite } };

        foreach (var result in new[]
        {
            await Accounts.DisableAsync(clerk, admin, Ct), await Accounts.RemoveAsync(clerk, admin, Ct), await Accounts.ChangeAsync(clerk, admin, new AccountChange(Address: "mine@x.test"), Ct),
        })
        {
            Assert.Equal("PERMISSION_NOT_HELD", result.Code);
        }
    }

    [Fact]
    public async Task The_last_active_administrator_stays()
    {
        var (scope, owner) = await TenantAsync("acme");
        var first = await MadeAsync(scope, owner, "one@x.test", BuiltInRoles.Administrator);
        var invited = (await Accounts.InviteAsync(scope, owner, New("two@x.test", BuiltInRoles.Administrator), Ct)).Value;

        Assert.Equal("LAST_ADMINISTRATOR", (await Accounts.DisableAsync(scope, first, Ct)).Code);
        Assert.Equal("LAST_ADMINISTRATOR", (await Accounts.RemoveAsync(scope, first, Ct)).Code);
        Assert.Equal("LAST_ADMINISTRATOR", (await Accounts.SetRolesAsync(scope, first, [BuiltInRoles.Auditor.Id], Ct)).Code);
        Assert.Null((await Storage.Get<IInvitations>().AcceptAsync(await TokenAsync(invited), Ct)).Code);
        Assert.Null((await Accounts.RemoveAsync(scope, first, Ct)).Code);
        Assert.Equal("LAST_ADMINISTRATOR", (await Accounts.DisableAsync(scope, invited, Ct)).Code);
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_once()
    {
        var (scope, owner) = await TenantAsync("acme");
        var ids = new[] { await MadeAsync(scope, owner, "one@x.test", BuiltInRoles.Administrator), await MadeAsync(scope, owner, "two@x.test", BuiltInRoles.Administrator) };

        var results = await Task.WhenAll(ids.Select(id => Accounts.RemoveAsync(scope, id, Ct)));

        Assert.Single(results, result => result.Code == "LAST_ADMINISTRATOR");
    }

    [Fact]
    public async Task A_disabled_account_is_told_as_disabled_at_once()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner, "a@x.test", BuiltInRoles.Analyst);
        await People.FindAsync(id, Ct);
        await Accounts.DisableAsync(scope, id, Ct);
        Assert.Equal(AccountState.Disabled, (await People.FindAsync(id, Ct))!.State);
        await Accounts.EnableAsync(scope, id, Ct);
        Assert.Equal(AccountState.Active, (await People.FindAsync(id, Ct))!.State);
        await Accounts.RemoveAsync(scope, id, Ct);
        Assert.Null(await People.FindAsync(id, Ct));
    }

    [Fact]
    public async Task A_change_by_another_process_is_seen_within_ten_seconds()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner, "a@x.test", BuiltInRoles.Analyst);
        await using var other = await Storage.OpenAgainAsync(Ct);
        await People.FindAsync(id, Ct);
        await other.Get<IAccountCommands>().DisableAsync(scope, id, Ct);

        Storage.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(AccountState.Disabled, (await People.FindAsync(id, Ct))!.State);
    }

    [Fact]
    public async Task An_employee_reaches_its_own_mailbox_alone()
    {
        var (scope, owner) = await TenantAsync("acme");
        var mailbox = await MailboxAsync(scope);
        var id = await MadeAsync(scope, owner, "info@acme.test", BuiltInRoles.Employee);

        Assert.Equal([mailbox], (await People.FindAsync(id, Ct))!.Mailboxes!);
        var without = await MadeAsync(scope, owner, "elsewhere@x.test", BuiltInRoles.Employee);
        Assert.Empty((await People.FindAsync(without, Ct))!.Mailboxes!);
    }

    [Fact]
    public void The_permissions_of_an_own_mailbox_never_reach_further()
    {
        var own = new Role(Guid.NewGuid(), "own", AccountOwnerKind.Tenant, new HashSet<string> { Permissions.MessagesAct, Permissions.PolicyWrite }, OwnMailboxOnly: true);

        Assert.Equal([Permissions.MessagesAct], AccountReach.Of([own]).Permissions);
        Assert.Equal(BuiltInRoles.Auditor.Permissions.Order(), AccountReach.Of([own, BuiltInRoles.Auditor]).Permissions.Order());
        Assert.False(AccountReach.Of([own, BuiltInRoles.Auditor]).OwnMailboxOnly);
    }

    [Fact]
    public async Task A_mailbox_is_one_accounts_own()
    {
        var (scope, owner) = await TenantAsync("acme");
        var (_, globex) = await TenantAsync("globex");
        var mailbox = await MailboxAsync(scope);
        await MadeAsync(scope, owner, "info@acme.test", BuiltInRoles.Employee);
        var other = await MadeAsync(scope, owner, "b@x.test", BuiltInRoles.Employee);
        var foreign = await MailboxAsync(Scope.System(globex.Id, "test"));

        Assert.Equal("MAILBOX_TAKEN", (await Accounts.ChangeAsync(scope, other, new AccountChange(MailboxId: mailbox), Ct)).Code);
        Assert.Equal("MAILBOX_UNKNOWN", (await Accounts.ChangeAsync(scope, other, new AccountChange(MailboxId: foreign), Ct)).Code);
    }

    [Fact]
    public async Task Accounts_of_others_are_unknown()
    {
        var (acme, owner) = await TenantAsync("acme");
        var (globex, _) = await TenantAsync("globex");
        var id = await MadeAsync(acme, owner, "a@x.test", BuiltInRoles.Auditor);

        foreach (var result in new[]
        {
            await Accounts.DisableAsync(globex, id, Ct), await Accounts.RemoveAsync(globex, id, Ct), await Accounts.SetRolesAsync(globex, id, [BuiltInRoles.Auditor.Id], Ct),
            await Accounts.ChangeAsync(globex, id, new AccountChange("Other"), Ct), await Accounts.CreateAsync(globex, owner, New("b@x.test", BuiltInRoles.Auditor), Ct),
        })
        {
            Assert.Equal("NOT_FOUND", result.Code);
        }
    }

    [Fact]
    public async Task An_account_of_an_msp_reaches_its_msp_and_has_its_audit_there()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "MSP", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:msp", msp);
        var id = await MadeAsync(scope, AccountOwner.Msp(msp), "op@msp.test", BuiltInRoles.MspOperator);

        var account = (await People.FindAsync(id, Ct))!;
        Assert.Equal((null, msp), (account.TenantId, account.MspId!.Value));
        Assert.DoesNotContain(Permissions.AccountsWrite, account.Permissions);
        await using var db = Storage.Open(scope);
        Assert.Equal("account.create", (await db.Audit.Where(row => row.OwnerId == msp).OrderByDescending(row => row.Sequence).FirstAsync(Ct)).Action);
        await using var ofTenant = Storage.Open(Scope.System(tenant, "test"));
        Assert.Empty(await ofTenant.Audit.Where(row => row.Action.StartsWith("account.")).ToListAsync(Ct));
        Assert.Empty(await ofTenant.Accounts.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_change_is_in_the_feed_and_on_the_audit_log()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = await MadeAsync(scope, owner, "a@x.test", BuiltInRoles.Auditor);
        await Accounts.SetRolesAsync(scope, id, [BuiltInRoles.Analyst.Id], Ct);

        var last = (await Storage.Get<IEventFeed>().ReadAsync(scope, FeedId.OfTenant(owner.Id), null, 100, EventFilter.None, Ct)).Events[^1];
        var data = JsonSerializer.Deserialize<JsonElement>(last.Data.Span);
        Assert.Equal(
            (EventKinds.AccountChanged, scope.Actor, "roles", id.ToString(), "analyst"),
            (last.Kind, data.GetProperty("actor").GetString(), data.GetProperty("action").GetString(), data.GetProperty("account").GetProperty("id").GetString(), data.GetProperty("account").GetProperty("roles")[0].GetString()));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, owner.Id, Ct));
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_voids_the_one_before()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = (await Accounts.InviteAsync(scope, owner, New("a@x.test", BuiltInRoles.Auditor), Ct)).Value;
        var first = await TokenAsync(id);
        await Accounts.InviteAgainAsync(scope, id, Ct);
        var second = await TokenAsync(id);
        var invitations = Storage.Get<IInvitations>();

        Assert.Equal(AccountState.Invited, (await People.FindAsync(id, Ct))!.State);
        Assert.Equal("INVITATION_INVALID", (await invitations.AcceptAsync(first, Ct)).Code);
        Assert.Equal(id, (await invitations.AcceptAsync(second, Ct)).Value);
        Assert.Equal("INVITATION_INVALID", (await invitations.AcceptAsync(second, Ct)).Code);
        Assert.Equal(AccountState.Active, (await People.FindAsync(id, Ct))!.State);
        Assert.Equal("ACCOUNT_NOT_INVITED", (await Accounts.InviteAgainAsync(scope, id, Ct)).Code);
    }

    [Fact]
    public async Task An_invitation_ends_after_a_week_and_with_its_account()
    {
        var (scope, owner) = await TenantAsync("acme");
        var late = await TokenAsync((await Accounts.InviteAsync(scope, owner, New("a@x.test", BuiltInRoles.Auditor), Ct)).Value);
        Storage.Time.Advance(TimeSpan.FromDays(7));
        var gone = (await Accounts.InviteAsync(scope, owner, New("b@x.test", BuiltInRoles.Auditor), Ct)).Value;
        var withdrawn = await TokenAsync(gone);
        await Accounts.RemoveAsync(scope, gone, Ct);

        foreach (var token in new[] { late, withdrawn, "", "x", new string('x', 5_000) })
            Assert.Null(await Storage.Get<IInvitations>().FindAsync(token, Ct));
    }

    [Fact]
    public async Task The_database_alone_holds_no_token()
    {
        var (scope, owner) = await TenantAsync("acme");
        var id = (await Accounts.InviteAsync(scope, owner, New("a@x.test", BuiltInRoles.Auditor), Ct)).Value;
        var token = await TokenAsync(id);
        await using var db = Storage.Open(scope);

        Assert.NotEqual(token, (await db.Invitations.SingleAsync(row => row.AccountId == id, Ct)).TokenHash);
        Assert.DoesNotContain(await db.Events.Select(row => row.Data).ToListAsync(Ct), data => data.Contains(token, StringComparison.Ordinal));
    }

    private static readonly IEqualityComparer<SignInAccount?> SameAccount = EqualityComparer<SignInAccount?>.Create(
        (x, y) => JsonSerializer.Serialize(x) == JsonSerializer.Serialize(y), account => account?.Id.GetHashCode() ?? 0);

    private static NewAccount New(string address, params Role[] roles) => new(address, "Somebody", [.. roles.Select(role => role.Id)]);

    private async Task<(Scope Scope, AccountOwner Owner)> TenantAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (new Scope(new HashSet<Guid> { tenant }, Permissions.All, $"client:{slug}"), AccountOwner.Tenant(tenant));
    }

    private async Task<Guid> MadeAsync(Scope scope, AccountOwner owner, string address, params Role[] roles)
    {
        var made = await Accounts.CreateAsync(scope, owner, New(address, roles), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<Guid> MailboxAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return await db.Mailboxes.Select(row => row.Id).SingleAsync(Ct);
    }

    private async Task<string> TokenAsync(Guid accountId)
    {
        var invitations = Storage.Get<IInvitations>();
        return invitations.TokenOf((await invitations.FindAsync(accountId, Ct))!.Id);
    }
}

public sealed class AccountCommandsOnSqlite() : AccountCommandsContract(new SqliteBackend());

public sealed class AccountCommandsOnPostgres(PostgresServer server) : AccountCommandsContract(new PostgresBackend(server));
