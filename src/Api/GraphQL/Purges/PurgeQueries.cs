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
        var scope = caller.Current.ForTenants(tenant);
        var narrowed = tenant is null ? (Guid?)null : scope.Tenants.Single();
        return await databases.PageAsync(
            scope, first, after, db => Which(db, narrowed), row => row.RequestedAt, row => Cursor.Of(row.RequestedAt, row.Id), row => new PurgeNode(row), cancellationToken);
    }

    internal async Task<PurgeNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Purges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new PurgeNode(row) : null;
    }

    private static IQueryable<PurgeRow> Which(PlatformDb db, Guid? tenant) => db.Purges.AsNoTracking().Where(row => tenant == null || row.OwnerId == tenant);
}
