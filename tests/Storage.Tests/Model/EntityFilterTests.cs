using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transport;

namespace Platform.Storage.Tests.Model;

/// <summary>Every kind of row, read with and without a scope.</summary>
public abstract class EntityFilterContract(TwoFilledTenants tenants)
{
    /// <summary>Rows of the platform itself, which hold nothing of any tenant.</summary>
    private static readonly Type[] OfNoTenant = [typeof(DirectoryVersionRow), typeof(MtaStsPolicyRow)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> ScopedEntities() => [.. EntityTypes().Where(t => !OfNoTenant.Contains(t.ClrType)).Select(t => t.ClrType.Name)];

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public void Every_entity_is_filtered_by_the_scope(string entity) => Assert.NotEmpty(Type(entity).GetDeclaredQueryFilters());

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public async Task A_query_without_a_scope_throws(string entity)
    {
        await using var db = tenants.Storage.Get<IPlatformDbSource>().OpenForSetup();
        await Assert.ThrowsAsync<ScopeViolationException>(() => CountAsync(db, entity));
    }

    [Theory]
    [MemberData(nameof(ScopedEntities))]
    public async Task A_query_sees_rows_of_its_tenants_and_no_other(string entity)
    {
        var (mine, other) = (tenants.Mine, tenants.Other);
        var nobody = new Scope(new HashSet<Guid>(), Permissions.All, "test");

        Assert.Equal(await CountAllAsync(mine, other, entity), await CountAsync(mine, entity) + await CountAsync(other, entity));
        Assert.NotEqual(0, await CountAsync(mine, entity));
        Assert.Equal(0, await CountAsync(nobody, entity));
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
        await using var db = tenants.Storage.Open(scope);
        return await CountAsync(db, entity);
    }

    private static Task<int> CountAsync(PlatformDb db, string entity)
    {
        var count = typeof(EntityFilterContract).GetMethod(nameof(CountSetAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        return (Task<int>)count.MakeGenericMethod(Type(entity).ClrType).Invoke(null, [db])!;
    }

    private static async Task<int> CountSetAsync<T>(PlatformDb db)
        where T : class => await db.Set<T>().CountAsync(Ct);
}

public sealed class EntityFilterOnSqlite(TwoFilledTenantsOnSqlite tenants) : EntityFilterContract(tenants), IClassFixture<TwoFilledTenantsOnSqlite>;

public sealed class EntityFilterOnPostgres(TwoFilledTenantsOnPostgres tenants) : EntityFilterContract(tenants), IClassFixture<TwoFilledTenantsOnPostgres>;
