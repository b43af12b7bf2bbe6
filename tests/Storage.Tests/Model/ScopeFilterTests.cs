using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Model;

public abstract class ScopeFilterContract(IStorageBackend backend) : StorageContract(backend)
{
    /// <summary>Rows of the platform itself, which hold nothing of any tenant.</summary>
    private static readonly Type[] OfNoTenant = [typeof(DirectoryVersionRow)];

    public static TheoryData<string> ScopedEntities() => [.. EntityTypes().Where(t => !OfNoTenant.Contains(t.ClrType)).Select(t => t.ClrType.Name)];

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public void Every_entity_is_filtered_by_the_scope(string entity) => Assert.NotEmpty(Type(entity).GetDeclaredQueryFilters());

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public async Task A_query_without_a_scope_throws(string entity)
    {
        await using var db = Storage.Get<IPlatformDbSource>().OpenForSetup();
        await Assert.ThrowsAsync<ScopeViolationException>(() => CountAsync(db, entity));
    }

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public async Task A_query_sees_rows_of_its_tenants_and_no_other(string entity)
    {
        var mspMine = (await Storage.Commands.CreateMspAsync("mine", "Mine", Ct)).Value;
        var mspOther = (await Storage.Commands.CreateMspAsync("other", "Other", Ct)).Value;
        var mine = new Scope(new HashSet<Guid> { await Storage.AddTenantAsync("acme", Ct, mspMine) }, Permissions.All, "test", mspMine);
        var other = new Scope(new HashSet<Guid> { await Storage.AddTenantAsync("globex", Ct, mspOther) }, Permissions.All, "test", mspOther);
        var nobody = new Scope(new HashSet<Guid>(), Permissions.All, "test");
        await RowSamples.FillAsync(Storage, mine, Ct);
        await RowSamples.FillAsync(Storage, other, Ct);

        Assert.Equal(await CountAllAsync(mine, other, entity), await CountAsync(mine, entity) + await CountAsync(other, entity));
        Assert.NotEqual(0, await CountAsync(mine, entity));
        Assert.Equal(0, await CountAsync(nobody, entity));
    }

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

    private static IEnumerable<IEntityType> EntityTypes()
    {
        using var db = new SqliteDesignTime().CreateDbContext([]);
        return [.. db.Model.GetEntityTypes()];
    }

    private static IEntityType Type(string entity) => EntityTypes().Single(t => t.ClrType.Name == entity);

    /// <summary>What is theirs by tenant, and what is each MSP's own.</summary>
    private async Task<int> CountAllAsync(Scope one, Scope two, string entity)
    {
        var none = new HashSet<Guid>();
        return await CountAsync(new Scope(new HashSet<Guid>([.. one.Tenants, .. two.Tenants]), Permissions.All, "test"), entity)
            + await CountAsync(new Scope(none, Permissions.All, "test", one.MspId), entity)
            + await CountAsync(new Scope(none, Permissions.All, "test", two.MspId), entity);
    }

    private async Task<int> CountAsync(Scope scope, string entity)
    {
        await using var db = Storage.Open(scope);
        return await CountAsync(db, entity);
    }

    private static Task<int> CountAsync(PlatformDb db, string entity)
    {
        var count = typeof(ScopeFilterContract).GetMethod(nameof(CountSetAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        return (Task<int>)count.MakeGenericMethod(Type(entity).ClrType).Invoke(null, [db])!;
    }

    private static async Task<int> CountSetAsync<T>(PlatformDb db)
        where T : class => await db.Set<T>().CountAsync(Ct);
}

public sealed class ScopeFilterOnSqlite() : ScopeFilterContract(new SqliteBackend());

public sealed class ScopeFilterOnPostgres(PostgresServer server) : ScopeFilterContract(new PostgresBackend(server));
