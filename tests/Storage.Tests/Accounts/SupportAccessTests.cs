using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Support;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Accounts;

public abstract class SupportAccessContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly Scope Operator = new(new HashSet<Guid> { AccountOwner.Platform.Id }, new HashSet<string>([.. Permissions.All, .. Permissions.OfPlatform]), "system:operator");

    private ISupportAccess Support => Storage.Get<ISupportAccess>();

    [Fact]
    public async Task Staff_is_in_nowhere_until_a_tenant_grants_and_out_when_the_time_is_over()
    {
        var (scope, staff) = await PrepareAsync();
        var request = await RequestAsync(staff, hours: 4);
        Assert.Empty(await Support.InForceAsync(staff, Ct));

        Assert.Null((await Support.GrantAsync(scope, request, null, null, Ct)).Code);
        var entry = Assert.Single(await Support.InForceAsync(staff, Ct));
        Assert.Equal((scope.Tenants.Single(), SupportLevel.Read, false, Storage.Time.GetUtcNow().AddHours(4)), (entry.TenantId, entry.Level, entry.IncludesContent, entry.Until));

        Storage.Time.Advance(TimeSpan.FromHours(4));
        Assert.Empty(await Support.InForceAsync(staff, Ct));
    }

    [Fact]
    public async Task No_more_is_given_than_was_asked_for_and_less_may_be()
    {
        var (scope, staff) = await PrepareAsync();
        var modest = await RequestAsync(staff, hours: 2);
        await Support.GrantAsync(scope, modest, 72, true, Ct);
        var given = Assert.Single(await Support.InForceAsync(staff, Ct));
        Assert.Equal((false, Storage.Time.GetUtcNow().AddHours(2)), (given.IncludesContent, given.Until));
        await Support.EndAsync(scope, modest, Ct);

        var greedy = await RequestAsync(staff, hours: 72, content: true, level: SupportLevel.Act);
        await Support.GrantAsync(scope, greedy, 1, false, Ct);
        given = Assert.Single(await Support.InForceAsync(staff, Ct));
        Assert.Equal((false, Storage.Time.GetUtcNow().AddHours(1)), (given.IncludesContent, given.Until));
    }

    [Theory]
    [InlineData(SupportLevel.Read, false, Permissions.MessagesRead, true)]
    [InlineData(SupportLevel.Read, false, Permissions.MessagesAct, false)]
    [InlineData(SupportLevel.Read, false, Permissions.MessagesContent, false)]
    [InlineData(SupportLevel.Read, true, Permissions.MessagesContent, true)]
    [InlineData(SupportLevel.Act, false, Permissions.MessagesAct, true)]
    [InlineData(SupportLevel.Act, false, Permissions.MessagesContent, false)]
    [InlineData(SupportLevel.Act, true, Permissions.AccountsWrite, false)]
    [InlineData(SupportLevel.Act, true, Permissions.RolesWrite, false)]
    [InlineData(SupportLevel.Act, true, Permissions.AccessGrant, false)]
    public void Staff_that_is_let_in_lets_nobody_else_in(SupportLevel level, bool content, string permission, bool allowed) =>
        Assert.Equal(allowed, new SupportEntry(Guid.NewGuid(), level, content, default).Allows(permission));

    [Theory]
    [InlineData("acme", "short", 1, "INVALID_REASON")]
    [InlineData("acme", "a reason that is one", 0, "INVALID_HOURS")]
    [InlineData("acme", "a reason that is one", 73, "INVALID_HOURS")]
    [InlineData("nobody", "a reason that is one", 1, "NOT_FOUND")]
    public async Task A_broken_request_is_refused(string tenant, string reason, int hours, string code)
    {
        var (_, staff) = await PrepareAsync();
        Assert.Equal(code, (await Support.RequestAsync(Operator, staff, new NewSupportRequest(tenant, reason, SupportLevel.Read, false, hours), Ct)).Code);
    }

    [Fact]
    public async Task Only_staff_asks_and_only_once_at_a_time()
    {
        var (scope, staff) = await PrepareAsync();
        var admin = (await Storage.Get<IAccountCommands>().CreateAsync(scope, AccountOwner.Tenant(scope.Tenants.Single()), new NewAccount("a@x.test", "A", [BuiltInRoles.Administrator.Id]), Ct)).Value;
        await RequestAsync(staff);

        Assert.Equal("FORBIDDEN", (await Support.RequestAsync(Operator, admin, Request(), Ct)).Code);
        Assert.Equal("SUPPORT_ALREADY_OPEN", (await Support.RequestAsync(Operator, staff, Request(), Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Support.RequestAsync(scope, staff, Request(), Ct));
    }

    [Fact]
    public async Task Only_the_tenant_decides()
    {
        var (scope, staff) = await PrepareAsync();
        var other = new Scope(new HashSet<Guid> { await Storage.AddTenantAsync("globex", Ct) }, Permissions.All, "client:globex");
        var msp = scope with { MspId = Guid.NewGuid() };
        var request = await RequestAsync(staff);

        Assert.Equal("NOT_FOUND", (await Support.GrantAsync(other, request, null, null, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Support.EndAsync(other, request, Ct)).Code);
        Assert.Equal("FORBIDDEN", (await Support.GrantAsync(msp, request, null, null, Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Support.GrantAsync(scope with { Permissions = Permissions.ReadOnly }, request, null, null, Ct));
        Assert.Equal("NOT_FOUND", (await Support.LeaveAsync(Operator, Guid.NewGuid(), request, Ct)).Code);
    }

    [Fact]
    public async Task What_was_answered_or_is_over_moves_no_more()
    {
        var (scope, staff) = await PrepareAsync();
        var refused = await RequestAsync(staff);
        await Support.RefuseAsync(scope, refused, Ct);
        Assert.Equal("SUPPORT_NOT_REQUESTED", (await Support.GrantAsync(scope, refused, null, null, Ct)).Code);
        Assert.Equal("SUPPORT_NOT_IN_FORCE", (await Support.EndAsync(scope, refused, Ct)).Code);

        var late = await RequestAsync(staff);
        Storage.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal("SUPPORT_NOT_REQUESTED", (await Support.GrantAsync(scope, late, null, null, Ct)).Code);
    }

    [Fact]
    public async Task What_the_staff_gives_back_and_what_the_tenant_ends_is_over_at_once()
    {
        var (scope, staff) = await PrepareAsync();
        foreach (var end in new Func<Guid, Task<CommandResult<Guid>>>[] { id => Support.EndAsync(scope, id, Ct), id => Support.LeaveAsync(Operator, staff, id, Ct) })
        {
            var request = await RequestAsync(staff);
            await Support.GrantAsync(scope, request, null, null, Ct);
            Assert.Single(await Support.InForceAsync(staff, Ct));
            Assert.Null((await end(request)).Code);
            Assert.Empty(await Support.InForceAsync(staff, Ct));
        }
    }

    [Fact]
    public async Task Ended_by_another_process_it_is_over_within_ten_seconds()
    {
        var (scope, staff) = await PrepareAsync();
        var request = await RequestAsync(staff);
        await Support.GrantAsync(scope, request, null, null, Ct);
        await Support.InForceAsync(staff, Ct);
        await using var other = await Storage.OpenAgainAsync(Ct);
        await other.Get<ISupportAccess>().EndAsync(scope, request, Ct);

        Storage.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(await Support.InForceAsync(staff, Ct));
    }

    [Fact]
    public async Task Every_step_is_in_the_tenants_feed_and_on_its_audit_log()
    {
        var (scope, staff) = await PrepareAsync();
        var tenant = scope.Tenants.Single();
        await Support.RefuseAsync(scope, await RequestAsync(staff), Ct);
        var ended = await RequestAsync(staff);
        await Support.GrantAsync(scope, ended, null, null, Ct);
        await Support.EndAsync(scope, ended, Ct);
        await Support.GrantAsync(scope, await RequestAsync(staff, hours: 1), null, null, Ct);
        Storage.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await Support.ExpireAsync(Ct));
        Assert.Equal(0, await Support.ExpireAsync(Ct));
        string[] expected =
        [
            EventKinds.SupportRequested, EventKinds.SupportRefused, EventKinds.SupportRequested, EventKinds.SupportGranted, EventKinds.SupportEnded,
            EventKinds.SupportRequested, EventKinds.SupportGranted, EventKinds.SupportExpired,
        ];
        await using var db = Storage.Open(scope);
        Assert.Equal(expected, await db.Events.Where(row => row.Kind.StartsWith("support.")).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Ct));
        Assert.Equal(expected, await db.Audit.Where(row => row.Action.StartsWith("support.")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
        Assert.Contains(await db.Audit.ToListAsync(Ct), row => row.Actor == "support:" + staff);
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(scope, tenant, Ct));
    }

    [Fact]
    public async Task A_tenant_keeps_its_MSP_from_its_messages_and_the_MSP_cannot_undo_it()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "MSP", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var own = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:acme");
        var content = Storage.Get<IMspContentAccess>();
        Assert.True((await Storage.Directory.FindTenantAsync(tenant, Ct))!.MspContentAccess);

        Assert.Null((await content.SetAsync(own, tenant, false, Ct)).Code);
        await content.SetAsync(own, tenant, false, Ct);
        Assert.False((await Storage.Directory.FindTenantAsync(tenant, Ct))!.MspContentAccess);
        var ofMsp = own with { MspId = msp, ContentClosed = new HashSet<Guid> { tenant } };
        Assert.Equal("FORBIDDEN", (await content.SetAsync(ofMsp, tenant, true, Ct)).Code);
        Assert.Equal(
            "PERMISSION_NOT_HELD", (await Storage.Get<IAccountCommands>().CreateAsync(ofMsp, AccountOwner.Tenant(tenant), new NewAccount("a@x.test", "A", [BuiltInRoles.Administrator.Id]), Ct)).Code);
        await using var db = Storage.Open(own);
        Assert.Equal(1, await db.Audit.CountAsync(row => row.Action == "access.msp-content", Ct));
    }

    private static NewSupportRequest Request(int hours = 1, bool content = false, SupportLevel level = SupportLevel.Read) => new("acme", "a reason that is one", level, content, hours);

    private async Task<(Scope Tenant, Guid Staff)> PrepareAsync()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var staff = await Storage.Get<IAccountCommands>().CreateAsync(Operator, AccountOwner.Platform, new NewAccount("staff@operator.test", "Staff", [BuiltInRoles.Support.Id]), Ct);
        Assert.Null(staff.Code);
        return (new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:acme"), staff.Value);
    }

    private async Task<Guid> RequestAsync(Guid staff, int hours = 1, bool content = false, SupportLevel level = SupportLevel.Read)
    {
        var made = await Support.RequestAsync(Operator, staff, Request(hours, content, level), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }
}

public sealed class SupportAccessOnSqlite() : SupportAccessContract(new SqliteBackend());

public sealed class SupportAccessOnPostgres(PostgresServer server) : SupportAccessContract(new PostgresBackend(server));
