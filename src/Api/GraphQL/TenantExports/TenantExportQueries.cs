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
        var size = Paging.Size(first);
        var scope = caller.Current.ForTenants(tenant);
        await using var db = databases.Open(scope);
        var page = db.TenantExports.AsNoTracking();
        if (Cursor.ReadTime(after) is var (at, id))
            page = page.Where(row => row.CreatedAt < at || (row.CreatedAt == at && row.Id < id));
        var rows = await page.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<TenantExportNode>(
            Paging.Of(rows, size, after, row => new TenantExportNode(row), row => Cursor.Of(row.CreatedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await counting.TenantExports.CountAsync(token);
            });
    }

    internal async Task<TenantExportNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.TenantExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new TenantExportNode(row) : null;
    }
}
