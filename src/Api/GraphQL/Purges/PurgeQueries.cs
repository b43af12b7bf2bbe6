using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Purges;

internal sealed class PurgeQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.AuditRead)]
    [Description("Purges, newest first; for a client of an MSP those of whole tenants too.")]
    public async Task<Connection<PurgeNode>> Purges(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var scope = caller.Current.ForTenants(tenant);
        var narrowed = tenant is null ? (Guid?)null : scope.Tenants.Single();
        await using var db = databases.Open(scope);
        var page = Which(db, narrowed);
        if (Cursor.ReadTime(after) is var (at, id))
            page = page.Where(row => row.RequestedAt < at || (row.RequestedAt == at && row.Id < id));
        var rows = await page.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<PurgeNode>(
            Paging.Of(rows, size, after, row => new PurgeNode(row), row => Cursor.Of(row.RequestedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await Which(counting, narrowed).CountAsync(token);
            });
    }

    internal async Task<PurgeNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Purges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new PurgeNode(row) : null;
    }

    private static IQueryable<PurgeRow> Which(PlatformDb db, Guid? tenant) => db.Purges.AsNoTracking().Where(row => tenant == null || row.OwnerId == tenant);
}
