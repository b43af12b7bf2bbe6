using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.ContentAccess;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.ContentAccess;

internal sealed class ContentAccessQueries(IContentAccess access, IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.PolicyRead)]
    [Description("What a tenant asks of whoever opens another person's mail.")]
    public async Task<ContentAccessNode> ContentAccess([Id][Description("Which tenant; needed where several are in reach.")] string? tenant, CancellationToken cancellationToken)
    {
        var (scope, tenantId) = caller.Current.ForTenant(tenant);
        return new ContentAccessNode(await access.OfTenantAsync(scope, tenantId, cancellationToken));
    }

    [Requires(Permissions.MessagesContent)]
    [Description("Requests to open mail, newest first.")]
    public async Task<Connection<ContentRequestNode>> ContentRequests(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only those that wait for a decision.")] bool? waiting,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => Which(db, waiting), row => row.RequestedAt, row => Cursor.Of(row.RequestedAt, row.Id), row => new ContentRequestNode(row), cancellationToken);
    }

    internal async Task<ContentRequestNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.ContentRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new ContentRequestNode(row) : null;
    }

    private static IQueryable<ContentRequestRow> Which(PlatformDb db, bool? waiting) =>
        db.ContentRequests.AsNoTracking().Where(row => waiting != true || row.State == ContentRequestStates.Waiting);
}
