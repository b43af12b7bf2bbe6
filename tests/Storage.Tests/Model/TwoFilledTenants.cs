using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Model;

/// <summary>Two tenants of two MSPs with a row of every kind each; only read by its tests.</summary>
public abstract class TwoFilledTenants(IStorageBackend backend) : IAsyncLifetime
{
    private TestStorage? _storage;

    public TestStorage Storage => _storage!;

    public Scope Mine { get; private set; } = null!;

    public Scope Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync(backend, CancellationToken.None);
        Mine = await AddAsync("mine", "acme");
        Other = await AddAsync("other", "globex");
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null)
            await _storage.DisposeAndDeleteAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<Scope> AddAsync(string msp, string tenant)
    {
        var id = (await Storage.Commands.CreateMspAsync(msp, msp, CancellationToken.None)).Value;
        var scope = new Scope(new HashSet<Guid> { await Storage.AddTenantAsync(tenant, CancellationToken.None, id) }, Permissions.All, "test", id);
        await RowSamples.FillAsync(Storage, scope, CancellationToken.None);
        return scope;
    }
}

public sealed class TwoFilledTenantsOnSqlite() : TwoFilledTenants(new SqliteBackend());

public sealed class TwoFilledTenantsOnPostgres(PostgresServer server) : TwoFilledTenants(new PostgresBackend(server));
