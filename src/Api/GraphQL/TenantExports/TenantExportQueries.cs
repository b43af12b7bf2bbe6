using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.TenantExports;

internal sealed class TenantExportQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.TenantExport)]
    [Description("Exports of tenants, newest first.")]
    public async Task<Connection<TenantExportNode>> TenantExports(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.TenantExports, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new TenantExportNode(row), cancellationToken);
    }

    internal async Task<TenantExportNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.TenantExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new TenantExportNode(row) : null;
    }
}
