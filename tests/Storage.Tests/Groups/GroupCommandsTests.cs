using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Policies;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Groups;

public abstract class GroupCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IGroupCommands Groups => Storage.Get<IGroupCommands>();

    [Fact]
    public async Task Groups_are_kept_in_the_order_in_which_they_were_made_until_it_is_changed()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var sales = await MadeAsync(scope, tenant, " Sales ", "ext-1");
        var staff = await MadeAsync(scope, tenant, "Staff");
        Assert.Equal([(sales, "Sales", "ext-1", 1), (staff, "Staff", null, 2)], await RowsAsync(scope));

        Assert.Null((await Groups.ReorderAsync(scope, tenant, [staff, sales], Ct)).Code);
        Assert.Null((await Groups.UpdateAsync(scope, sales, new GroupChange("Sellers", ""), Ct)).Code);
        Assert.Equal([(staff, "Staff", null, 1), (sales, "Sellers", null, 2)], await RowsAsync(scope));
    }

    [Theory]
    [InlineData("", null, "INVALID_NAME")]
    [InlineData("a\nb", null, "INVALID_NAME")]
    [InlineData("x", "a\0b", "INVALID_EXTERNAL_ID")]
    [InlineData("SALES", null, "GROUP_EXISTS")]
    [InlineData("Other", "ext-1", "GROUP_EXISTS")]
    public async Task A_broken_or_doubled_group_is_refused(string name, string? externalId, string code)
    {
        var (scope, tenant) = await TenantAsync("acme");
        await MadeAsync(scope, tenant, "Sales", "ext-1");
        Assert.Equal(code, (await Groups.CreateAsync(scope, tenant, new NewGroup(name, externalId), Ct)).Code);
        var (other, second) = await TenantAsync("globex");
        Assert.Equal(code.StartsWith("INVALID", StringComparison.Ordinal) ? code : null, (await Groups.CreateAsync(other, second, new NewGroup(name, externalId), Ct)).Code);
    }

    [Fact]
    public async Task Members_are_added_and_removed_all_or_none()
    {
        var (scope, tenant) = await TenantAsync("acme");
        await TenantAsync("globex");
        var group = await MadeAsync(scope, tenant, "Sales");
        var (mine, theirs) = (await MailboxAsync("acme"), await MailboxAsync("globex"));

        Assert.Equal("MEMBER_UNKNOWN", (await Groups.ChangeMembersAsync(scope, group, [mine, theirs], [], Ct)).Code);
        Assert.Equal(0, await MembersAsync(scope));
        Assert.Null((await Groups.ChangeMembersAsync(scope, group, [mine], [], Ct)).Code);
        Assert.Null((await Groups.ChangeMembersAsync(scope, group, [mine], [], Ct)).Code);
        Assert.Equal(1, await MembersAsync(scope));
        Assert.Null((await Groups.ChangeMembersAsync(scope, group, [], [mine, theirs], Ct)).Code);
        Assert.Equal(0, await MembersAsync(scope));
        Assert.Equal("TOO_MANY_MEMBERS", (await Groups.ChangeMembersAsync(scope, group, [], [], Ct)).Code);
        Assert.Equal("TOO_MANY_MEMBERS", (await Groups.ChangeMembersAsync(scope, group, [.. Enumerable.Repeat(mine, GroupLimits.MaxChange + 1)], [], Ct)).Code);
    }

    [Fact]
    public async Task A_group_that_gives_roles_is_changed_by_whoever_may_give_them()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var plain = await MadeAsync(scope, tenant, "Sales");
        var admins = await MadeAsync(scope, tenant, "Admins", "mail-admins");
        await Storage.Get<IProvisioningCommands>().SetAsync(scope, tenant, new RoleMap([new RoleMapping("mail-admins", [BuiltInRoles.Administrator.Id])], [BuiltInRoles.Employee.Id]), Ct);
        var operating = scope with { Permissions = BuiltInRoles.MspOperator.Permissions };
        var member = await MailboxAsync("acme");

        Assert.Null((await Groups.ChangeMembersAsync(operating, plain, [member], [], Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Groups.ChangeMembersAsync(operating, admins, [member], [], Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Groups.UpdateAsync(operating, admins, new GroupChange("Renamed", ""), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Groups.UpdateAsync(operating, plain, new GroupChange("mail-admins", null), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Groups.CreateAsync(operating, tenant, new NewGroup("mail-admins", null), Ct)).Code);
        Assert.Equal("PERMISSION_NOT_HELD", (await Groups.DeleteAsync(operating, admins, Ct)).Code);
        Assert.Null((await Groups.ChangeMembersAsync(scope, admins, [member], [], Ct)).Code);
    }

    [Fact]
    public async Task An_account_in_a_group_stands_for_its_mailbox()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var group = await MadeAsync(scope, tenant, "Sales");
        await Storage.Get<IPolicyCommands>().SetAsync(scope, PolicyTarget.Group(group), [new PolicyChange("action.spam", "reject")], Ct);
        var mailbox = (await MailboxAsync("acme")).Id;
        var account = await Storage.Get<IAccountCommands>().CreateAsync(
            scope, AccountOwner.Tenant(tenant), new NewAccount("info@acme.test", "Info", [BuiltInRoles.Employee.Id]), Ct);
        Assert.Null(account.Code);
        Assert.Null((await Groups.ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Account, account.Value)], [], Ct)).Code);
        Assert.Equal("reject", await SpamAsync(tenant, mailbox));
        Assert.Equal("MEMBER_UNKNOWN", (await Groups.ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Account, Guid.NewGuid())], [], Ct)).Code);

        Assert.Null((await Storage.Get<IAccountCommands>().RemoveAsync(scope, account.Value, Ct)).Code);
        Storage.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("tag", await SpamAsync(tenant, mailbox));
    }

    private async Task<string> SpamAsync(Guid tenant, Guid mailbox) => (await Storage.Get<IPolicyBook>().OfAsync((await Storage.Directory.FindTenantAsync(tenant, Ct))!, Ct))
        .OfMailbox(mailbox).ActionFor(VerdictKind.Spam).Value;

    [Fact]
    public async Task A_deleted_group_is_gone_once_with_its_members_and_values()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var group = await MadeAsync(scope, tenant, "Sales");
        await Groups.ChangeMembersAsync(scope, group, [await MailboxAsync("acme")], [], Ct);
        await Storage.Get<IPolicyCommands>().SetAsync(scope, PolicyTarget.Group(group), [new PolicyChange("action.spam", "reject")], Ct);

        Assert.Null((await Groups.DeleteAsync(scope, group, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Groups.DeleteAsync(scope, group, Ct)).Code);
        await using var db = Storage.Open(scope);
        Assert.Equal((0, 0, 0), (await db.Groups.CountAsync(Ct), await db.GroupMembers.CountAsync(Ct), await db.PolicyValues.CountAsync(Ct)));
    }

    [Fact]
    public async Task An_order_names_every_group_once()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var (a, b) = (await MadeAsync(scope, tenant, "a"), await MadeAsync(scope, tenant, "b"));
        Guid[][] wrong = [[a], [a, a], [a, b, Guid.NewGuid()], []];
        foreach (var order in wrong)
            Assert.Equal("GROUP_ORDER_INCOMPLETE", (await Groups.ReorderAsync(scope, tenant, order, Ct)).Code);
    }

    [Fact]
    public async Task Groups_made_at_once_get_places_of_their_own()
    {
        var (scope, tenant) = await TenantAsync("acme");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => MadeAsync(scope, tenant, $"Group {i}")));
        Assert.Equal(Enumerable.Range(1, 8), (await RowsAsync(scope)).Select(row => row.Position));
    }

    [Fact]
    public async Task Another_tenants_group_does_not_exist_for_the_caller()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var (other, _) = await TenantAsync("globex");
        var group = await MadeAsync(scope, tenant, "Sales");
        string?[] codes =
        [
            (await Groups.CreateAsync(other, tenant, new NewGroup("x"), Ct)).Code,
            (await Groups.UpdateAsync(other, group, new GroupChange("x"), Ct)).Code,
            (await Groups.DeleteAsync(other, group, Ct)).Code,
            (await Groups.ReorderAsync(other, tenant, [group], Ct)).Code,
            (await Groups.ChangeMembersAsync(other, group, [await MailboxAsync("globex")], [], Ct)).Code,
        ];
        Assert.All(codes, code => Assert.Equal("NOT_FOUND", code));
        Assert.Empty(await RowsAsync(other));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => MadeAsync(scope with { Permissions = Permissions.ReadOnly }, tenant, "x"));
    }

    [Fact]
    public async Task Each_change_is_one_event_and_one_link_of_the_audit_chain()
    {
        var (scope, tenant) = await TenantAsync("acme");
        var group = await MadeAsync(scope, tenant, "Sales");
        await Groups.ChangeMembersAsync(scope, group, [await MailboxAsync("acme")], [], Ct);
        await Groups.UpdateAsync(scope, group, new GroupChange("Sales"), Ct);
        await Groups.UpdateAsync(scope, group, new GroupChange("Sellers"), Ct);
        await Groups.ReorderAsync(scope, tenant, [group], Ct);
        await Groups.DeleteAsync(scope, group, Ct);

        await using var db = Storage.Open(scope);
        var told = await db.Events.Where(e => e.Kind == EventKinds.GroupChanged).OrderBy(e => e.Sequence).Select(e => e.Data).ToListAsync(Ct);
        Assert.Equal(["create", "members", "update", "reorder", "delete"], told.Select(data => JsonDocument.Parse(data).RootElement.GetProperty("action").GetString()));
        Assert.Equal("info@acme.test", JsonDocument.Parse(told[1]).RootElement.GetProperty("added").GetProperty("first")[0].GetString());
        Assert.Equal(5, await db.Audit.CountAsync(row => row.Action.StartsWith("group."), Ct));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, tenant, Ct));
    }

    private async Task<(Scope Scope, Guid Tenant)> TenantAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (new Scope(new HashSet<Guid> { tenant }, Permissions.All, $"client:{slug}"), tenant);
    }

    private async Task<Guid> MadeAsync(Scope scope, Guid tenant, string name, string? externalId = null)
    {
        var made = await Groups.CreateAsync(scope, tenant, new NewGroup(name, externalId), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<GroupMember> MailboxAsync(string slug) => new(GroupMemberKind.Mailbox, (await Storage.Directory.FindAsync("info", slug + ".test", Ct)).Mailbox!.Id);

    private async Task<int> MembersAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return await db.GroupMembers.CountAsync(Ct);
    }

    private async Task<List<(Guid Id, string Name, string? ExternalId, int Position)>> RowsAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return [.. (await db.Groups.OrderBy(row => row.Position).ToListAsync(Ct)).Select(row => (row.Id, row.Name, row.ExternalId, row.Position))];
    }
}

public sealed class GroupCommandsOnSqlite() : GroupCommandsContract(new SqliteBackend());

public sealed class GroupCommandsOnPostgres(PostgresServer server) : GroupCommandsContract(new PostgresBackend(server));
