using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Departures;
using Platform.Storage.Directory;
using Platform.Storage.Holds;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Departures;

public abstract class TenantDepartureContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private ITenantDepartures Departures => Storage.Get<ITenantDepartures>();

    [Fact]
    public async Task After_the_days_of_grace_nothing_of_the_tenant_is_left_but_the_receipt_at_its_MSP()
    {
        var msp = (await Storage.Commands.CreateMspAsync("mine", "Mine", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var other = await Storage.AddTenantAsync("globex", Ct, msp);
        var scope = new Scope(new HashSet<Guid> { tenant, other }, Permissions.All, "user:ann", msp);
        await RowSamples.FillAsync(Storage, scope with { Tenants = new HashSet<Guid> { tenant }, MspId = null }, Ct);
        await KeptMail.AddAsync(Storage, other, "staying", Ct);
        var message = await KeptMail.AddAsync(Storage, tenant, "leaving", Ct);
        await ReleaseHoldsAsync(scope);
        await Departures.CancelAsync(scope, tenant, Ct);
        Assert.Null((await RequestAsync(scope, tenant)).Code);
        Assert.False(await Departures.RunOnceAsync(Lease, Ct));
        Storage.Time.Advance(TimeSpan.FromDays(7));
        Assert.True(await Departures.RunOnceAsync(Lease, Ct));
        await CompleteAsync();

        Assert.Empty(await AllTables.HoldingAsync(Storage, "leaving", Ct));
        Assert.Equal(["audit_personal", "events", "purges"], (await AllTables.HoldingAsync(Storage, tenant.ToString(), Ct)).Order());
        Assert.Null(await Storage.Directory.FindTenantAsync(tenant, Ct));
        Assert.False(File.Exists(Path.Combine(Storage.Settings.BodyDirectory, message.Body.Reference.Name)));
        Assert.Single(await Storage.Get<IMessageSearch>().FindAsync(scope, "staying", 10, Ct));
        Assert.Empty(await Storage.Get<IMessageSearch>().FindAsync(scope, "leaving", 10, Ct));
        await using var db = Storage.Open(scope);
        var purge = await db.Purges.SingleAsync(p => p.Kind == PurgeKinds.Tenant, Ct);
        Assert.Equal((PurgeStates.Done, msp), (purge.State, purge.OwnerId));
        Assert.True(PurgeItems.Include(purge, tenant));
        Assert.NotNull(purge.Receipt);
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(scope, msp, Ct)).Holds);
    }

    [Fact]
    public async Task A_deletion_can_be_taken_back()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await RequestAsync(scope, tenant);
        Assert.Equal("ALREADY_REQUESTED", (await RequestAsync(scope, tenant)).Code);
        Assert.Null((await Departures.CancelAsync(scope, tenant, Ct)).Code);
        Assert.Equal("NOT_REQUESTED", (await Departures.CancelAsync(scope, tenant, Ct)).Code);
        Storage.Time.Advance(TimeSpan.FromDays(8));
        Assert.False(await Departures.RunOnceAsync(Lease, Ct));
        Assert.NotNull(await Storage.Directory.FindTenantAsync(tenant, Ct));
    }

    [Fact]
    public async Task A_hold_keeps_a_tenant_before_and_after_the_request()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var holds = Storage.Get<IHoldCommands>();
        var hold = (await holds.PlaceAsync(scope, tenant, new NewHold("A", "b"), Ct)).Value;
        Assert.Equal("LEGAL_HOLD", (await RequestAsync(scope, tenant)).Code);
        await holds.ReleaseAsync(scope, hold, "over", Ct);
        Assert.Null((await RequestAsync(scope, tenant)).Code);
        await holds.PlaceAsync(scope, tenant, new NewHold("B", "b"), Ct);
        Storage.Time.Advance(TimeSpan.FromDays(8));
        Assert.False(await Departures.RunOnceAsync(Lease, Ct));
        await using var db = Storage.Open(scope);
        Assert.Equal("LEGAL_HOLD", (await db.TenantDeletions.SingleAsync(Ct)).Obstacle);
    }

    [Theory]
    [InlineData("globex", "CONFIRMATION_WRONG")]
    [InlineData("", "CONFIRMATION_WRONG")]
    public async Task The_short_name_confirms(string confirmation, string code)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        Assert.Equal(code, (await Departures.RequestAsync(Scope.System(tenant, "test"), tenant, confirmation, "leaving", Ct)).Code);
    }

    private Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid tenant) => Departures.RequestAsync(scope, tenant, "acme", "contract ended", Ct);

    private async Task ReleaseHoldsAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        foreach (var hold in await db.Holds.Select(h => h.Id).ToListAsync(Ct))
            await Storage.Get<IHoldCommands>().ReleaseAsync(scope, hold, "over", Ct);
    }

    private async Task CompleteAsync()
    {
        await Storage.Get<SearchProjection>().RunOnceAsync(Ct);
        while (await Storage.Get<IPurgeCompletion>().RunOnceAsync(Ct))
            Assert.False(Ct.IsCancellationRequested);
    }
}

public sealed class TenantDepartureOnSqlite() : TenantDepartureContract(new SqliteBackend());

public sealed class TenantDepartureOnPostgres(PostgresServer server) : TenantDepartureContract(new PostgresBackend(server));
