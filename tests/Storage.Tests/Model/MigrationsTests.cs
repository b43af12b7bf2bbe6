using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Model;

public abstract class MigrationsContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public void The_migrations_make_the_model_of_today()
    {
        using var db = Storage.Get<IPlatformDbSource>().OpenForSetup();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task A_prepared_database_has_nothing_pending()
    {
        await using var db = Storage.Get<IPlatformDbSource>().OpenForSetup();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
    }

    [Fact]
    public async Task Preparing_again_changes_nothing()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await using var again = await Storage.OpenAgainAsync(Ct);
        Assert.NotNull(await again.Directory.FindTenantAsync(tenant, Ct));
    }
}

public sealed class MigrationsOnSqlite() : MigrationsContract(new SqliteBackend());

public sealed class MigrationsOnPostgres(PostgresServer server) : MigrationsContract(new PostgresBackend(server));
