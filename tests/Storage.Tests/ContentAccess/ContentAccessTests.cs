using Microsoft.EntityFrameworkCore;
using Platform.Storage.ContentAccess;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.ContentAccess;

public abstract class ContentAccessContract(IStorageBackend backend) : StorageContract(backend)
{
    private IContentAccess Access => Storage.Get<IContentAccess>();

    [Theory]
    [InlineData("user:ann", false, null, "REASON_REQUIRED")]
    [InlineData("user:ann", false, "  ", "REASON_REQUIRED")]
    [InlineData("user:ann", false, "reported as wrong", null)]
    [InlineData("client:acme-api", false, null, null)]
    [InlineData("client:acme-api", true, null, "REASON_REQUIRED")]
    [InlineData("client:acme-api", true, "ticket 7", null)]
    public async Task People_give_a_reason_and_clients_where_the_tenant_wants_it(string actor, bool ofClients, string? reason, string? code)
    {
        var (tenant, message) = await MessageAsync();
        await Access.SetAsync(Scope.System(tenant, "test"), tenant, new ContentAccessRules(ofClients, FourEyes: false), Ct);
        Assert.Equal(code, (await Access.CheckAsync(By(actor, tenant), tenant, message, reason, Ct)).Code);
    }

    [Fact]
    public async Task With_four_eyes_somebody_else_grants_for_an_hour()
    {
        var (tenant, message) = await MessageAsync();
        await Access.SetAsync(Scope.System(tenant, "test"), tenant, new ContentAccessRules(ReasonOfClients: false, FourEyes: true), Ct);
        var (ann, ben) = (By("user:ann", tenant), By("user:ben", tenant));
        Assert.Equal("APPROVAL_REQUIRED", (await Access.CheckAsync(ann, tenant, message, "a reason", Ct)).Code);
        var request = (await Access.RequestAsync(ann, message, "reported as wrong", Ct)).Value;
        Assert.Equal("APPROVAL_REQUIRED", (await Access.CheckAsync(ann, tenant, message, "a reason", Ct)).Code);
        Assert.Equal("OWN_REQUEST", (await Access.DecideAsync(ann, request, grant: true, Ct)).Code);
        Assert.Null((await Access.DecideAsync(ben, request, grant: true, Ct)).Code);
        Assert.Equal("ALREADY_DECIDED", (await Access.DecideAsync(ben, request, grant: false, Ct)).Code);

        var permit = await Access.CheckAsync(ann, tenant, message, null, Ct);
        Assert.Equal((null, "reported as wrong", request), (permit.Code, permit.Reason, permit.Request));
        Assert.Equal("APPROVAL_REQUIRED", (await Access.CheckAsync(ben, tenant, message, "a reason", Ct)).Code);
        Storage.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("APPROVAL_REQUIRED", (await Access.CheckAsync(ann, tenant, message, null, Ct)).Code);
        await using var db = Storage.Open(ann);
        Assert.Equal(
            ["content-access.set", "content-access.request", "content-access.grant"],
            await db.Audit.Where(a => a.Action.StartsWith("content-access.")).OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_refused_request_opens_nothing()
    {
        var (tenant, message) = await MessageAsync();
        await Access.SetAsync(Scope.System(tenant, "test"), tenant, new ContentAccessRules(ReasonOfClients: false, FourEyes: true), Ct);
        var request = (await Access.RequestAsync(By("user:ann", tenant), message, "reported as wrong", Ct)).Value;
        await Access.DecideAsync(By("user:ben", tenant), request, grant: false, Ct);
        Assert.Equal("APPROVAL_REQUIRED", (await Access.CheckAsync(By("user:ann", tenant), tenant, message, null, Ct)).Code);
    }

    [Fact]
    public async Task Another_tenant_can_neither_ask_nor_decide()
    {
        var (tenant, message) = await MessageAsync();
        var other = By("user:eve", await Storage.AddTenantAsync("globex", Ct));
        Assert.Equal("NOT_FOUND", (await Access.RequestAsync(other, message, "curious", Ct)).Code);
        var request = (await Access.RequestAsync(By("user:ann", tenant), message, "reported as wrong", Ct)).Value;
        Assert.Equal("NOT_FOUND", (await Access.DecideAsync(other, request, grant: true, Ct)).Code);
    }

    private async Task<(Guid Tenant, Guid Message)> MessageAsync()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        return (tenant, (await KeptMail.AddAsync(Storage, tenant, "mail", Ct)).Id);
    }

    private static Scope By(string actor, Guid tenant) => new(new HashSet<Guid> { tenant }, Permissions.All, actor);
}

public sealed class ContentAccessOnSqlite() : ContentAccessContract(new SqliteBackend());

public sealed class ContentAccessOnPostgres(PostgresServer server) : ContentAccessContract(new PostgresBackend(server));
