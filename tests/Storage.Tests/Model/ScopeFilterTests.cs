using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Model;

/// <summary>No row is written for a tenant out of reach.</summary>
public abstract class ScopeFilterContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task A_row_of_another_tenant_cannot_be_saved()
    {
        var mine = await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        await using var db = Storage.Open(Scope.System(mine, "test"));
        db.Add(new ImportRow { Id = Guid.NewGuid(), TenantId = other, FileName = "x", BodyName = "00/import", State = "queued", Total = 0, Done = 0, Failed = 0, CreatedAt = default, ChangedAt = default });
        await Assert.ThrowsAsync<ScopeViolationException>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_tenant_out_of_reach_cannot_be_changed()
    {
        var mine = await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        await using var read = Storage.Open(Scope.System(other, "test"));
        var row = await read.Tenants.AsNoTracking().SingleAsync(Ct);
        await using var db = Storage.Open(Scope.System(mine, "test"));
        db.Attach(row).Entity.Name = "taken over";
        await Assert.ThrowsAsync<ScopeViolationException>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_row_cannot_be_given_to_another_tenant()
    {
        var mine = await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        await using var db = Storage.Open(Scope.System(mine, "test"));
        var domain = await db.Domains.SingleAsync(Ct);
        db.Entry(domain).Property(d => d.TenantId).CurrentValue = other;
        await Assert.ThrowsAsync<ScopeViolationException>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task Rows_of_the_platform_itself_cannot_be_saved()
    {
        var mine = await Storage.AddTenantAsync("acme", Ct);
        await using var db = Storage.Open(Scope.System(mine, "test"));
        db.Add(new DirectoryVersionRow { Id = 2, Version = 1 });
        await Assert.ThrowsAsync<ScopeViolationException>(() => db.SaveChangesAsync(Ct));
    }
}

public sealed class ScopeFilterOnSqlite() : ScopeFilterContract(new SqliteBackend());

public sealed class ScopeFilterOnPostgres(PostgresServer server) : ScopeFilterContract(new PostgresBackend(server));
