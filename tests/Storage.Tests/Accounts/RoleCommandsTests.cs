using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Accounts;

public abstract class RoleCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IRoleCommands Roles => Storage.Get<IRoleCommands>();

    private IAccountCommands Accounts => Storage.Get<IAccountCommands>();

    [Fact]
    public async Task A_role_gives_what_it_holds_and_a_change_holds_at_once()
    {
        var (scope, owner) = await TenantAsync("acme");
        var role = await MadeAsync(scope, owner, "Reader", Permissions.MessagesRead);
        var account = await AccountAsync(scope, owner, role);
        Assert.Equal([Permissions.MessagesRead], await PermissionsAsync(account));

        await Roles.ChangeAsync(scope, role, new RoleChange(Permissions: [Permissions.EventsRead]), Ct);
        Assert.Equal([Permissions.EventsRead], await PermissionsAsync(account));
    }

    [Theory]
    [InlineData("", "messages.read", "INVALID_NAME")]
    [InlineData("Administrator", "messages.read", "ROLE_NAME_TAKEN")]
    [InlineData("Taken", "messages.read", "ROLE_NAME_TAKEN")]
    [InlineData("tAKEN ", "messages.read", "ROLE_NAME_TAKEN")]
    [InlineData("New", "messages.explode", "INVALID_PERMISSIONS")]
    [InlineData("New", "support.request", "INVALID_PERMISSIONS")]
    public async Task A_broken_role_is_refused(string name, string permission, string code)
    {
        var (scope, owner) = await TenantAsync("acme");
        await MadeAsync(scope, owner, "Taken", Permissions.MessagesRead);

        Assert.Equal(code, (await Roles.CreateAsync(scope, owner, new NewRole(name, "", [permission]), Ct)).Code);
    }

    [Fact]
    public async Task Nobody_writes_more_into_a_role_than_it_holds()
    {
        var (scope, owner) = await TenantAsync("acme");
        var strong = await MadeAsync(scope, owner, "Strong", Permissions.PolicyWrite);
        var clerk = scope with { Permissions = new HashSet<string> { Permissions.RolesWrite, Permissions.MessagesRead } };
        var weak = await MadeAsync(clerk, owner, "Weak", Permissions.MessagesRead);

        Assert.Equal("PERMISSION_NOT_HELD", (await Roles.CreateAsync(clerk, owner, new NewRole("X", "", [Permissions.PolicyWrite]), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Roles.ChangeAsync(clerk, weak, new RoleChange(Permissions: [Permissions.PolicyWrite]), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Roles.ChangeAsync(clerk, strong, new RoleChange(Permissions: [Permissions.MessagesRead]), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Roles.RemoveAsync(clerk, weak, strong, Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Roles.RemoveAsync(scope with { Permissions = Permissions.ReadOnly }, weak, null, Ct));
    }

    [Fact]
    public async Task A_role_in_use_goes_only_for_another_in_its_place()
    {
        var (scope, owner) = await TenantAsync("acme");
        var role = await MadeAsync(scope, owner, "Reader", Permissions.MessagesRead);
        var account = await AccountAsync(scope, owner, role);
        var both = await AccountAsync(scope, owner, role, BuiltInRoles.Auditor.Id);

        Assert.Equal("ROLE_IN_USE", (await Roles.RemoveAsync(scope, role, null, Ct)).Code);
        Assert.Equal("ROLE_UNKNOWN", (await Roles.RemoveAsync(scope, role, role, Ct)).Code);
        Assert.Equal("ROLE_UNKNOWN", (await Roles.RemoveAsync(scope, role, BuiltInRoles.MspOperator.Id, Ct)).Code);
        Assert.Null((await Roles.RemoveAsync(scope, role, BuiltInRoles.Auditor.Id, Ct)).Code);
        Assert.Equal(BuiltInRoles.Auditor.Permissions.Order(), await PermissionsAsync(account));
        Assert.Equal(BuiltInRoles.Auditor.Permissions.Order(), await PermissionsAsync(both));
    }

    [Fact]
    public async Task Roles_of_the_platform_stay_and_those_of_others_are_unknown()
    {
        var (scope, owner) = await TenantAsync("acme");
        var (globex, _) = await TenantAsync("globex");
        var role = await MadeAsync(scope, owner, "Reader", Permissions.MessagesRead);

        Assert.Equal("ROLE_BUILT_IN", (await Roles.RemoveAsync(scope, BuiltInRoles.Auditor.Id, null, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Roles.RemoveAsync(globex, role, null, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Roles.ChangeAsync(globex, role, new RoleChange("Mine"), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Roles.CreateAsync(globex, owner, new NewRole("Mine", "", [Permissions.MessagesRead]), Ct)).Code);
        Assert.Equal("ROLE_UNKNOWN", (await Accounts.CreateAsync(globex, AccountOwner.Tenant(globex.Tenants.Single()), new NewAccount("x@x.test", "X", [role]), Ct)).Code);
    }

    [Fact]
    public async Task A_role_of_the_own_mailbox_holds_what_makes_sense_for_one()
    {
        var (scope, owner) = await TenantAsync("acme");

        Assert.Equal("INVALID_PERMISSIONS", (await Roles.CreateAsync(scope, owner, new NewRole("Own", "", [Permissions.PolicyWrite], OwnMailboxOnly: true), Ct)).Code);
        var own = (await Roles.CreateAsync(scope, owner, new NewRole("Own", "", [Permissions.MessagesAct], OwnMailboxOnly: true), Ct)).Value;
        Assert.NotNull((await Storage.Get<IAccountDirectory>().FindAsync(await AccountAsync(scope, owner, own), Ct))!.Mailboxes);
    }

    [Fact]
    public async Task A_change_of_a_role_is_on_the_audit_log_with_what_it_holds()
    {
        var (scope, owner) = await TenantAsync("acme");
        var role = await MadeAsync(scope, owner, "Reader", Permissions.MessagesRead);
        await using var db = Storage.Open(scope);
        var entry = await db.Audit.SingleAsync(row => row.Action == "role.create", Ct);

        Assert.Equal("role:" + role, entry.Target);
        Assert.Equal(Permissions.MessagesRead, JsonSerializer.Deserialize<JsonElement>(entry.Detail).GetProperty("role").GetProperty("permissions")[0].GetString());
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == "role.changed", Ct));
    }

    private async Task<(Scope Scope, AccountOwner Owner)> TenantAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (new Scope(new HashSet<Guid> { tenant }, Permissions.All, $"client:{slug}"), AccountOwner.Tenant(tenant));
    }

    private async Task<Guid> MadeAsync(Scope scope, AccountOwner owner, string name, params string[] permissions)
    {
        var made = await Roles.CreateAsync(scope, owner, new NewRole(name, "", permissions), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<Guid> AccountAsync(Scope scope, AccountOwner owner, params Guid[] roles)
    {
        var made = await Accounts.CreateAsync(scope, owner, new NewAccount($"{Guid.NewGuid():N}@x.test", "Somebody", roles), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<IEnumerable<string>> PermissionsAsync(Guid account) => (await Storage.Get<IAccountDirectory>().FindAsync(account, Ct))!.Permissions.Order();
}

public sealed class RoleCommandsOnSqlite() : RoleCommandsContract(new SqliteBackend());

public sealed class RoleCommandsOnPostgres(PostgresServer server) : RoleCommandsContract(new PostgresBackend(server));
