using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.GraphQL.Support;

internal sealed class SupportQueries(IPlatformDbFactory databases, ISupportAccess support, CallerContext caller)
{
    [Requires(Permissions.AccessGrant)]
    [Description("Access that the platform's support staff asked for, newest first.")]
    public async Task<Connection<SupportGrantNode>> SupportGrants(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("In one of these states.")] IReadOnlyList<SupportState>? states,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => Matching(db, states), row => row.RequestedAt, row => Cursor.Of(row.RequestedAt, row.Id), row => new SupportGrantNode(row), cancellationToken);
    }

    [AnyClient]
    [Description("What the one who is signed in asked for as support staff, newest first, at most 200; nothing for anybody else.")]
    public async Task<IReadOnlyList<SupportRequestNode>> MySupportRequests(CancellationToken cancellationToken) => caller.Current.Account is { } account
        ? [.. (await support.OfAccountAsync(account.Id, Paging.MaxSize, cancellationToken)).Select(row => new SupportRequestNode(row))]
        : [];

    private static IQueryable<SupportGrantRow> Matching(PlatformDb db, IReadOnlyList<SupportState>? states)
    {
        var grants = db.SupportGrants.AsNoTracking();
        return states is null ? grants : grants.Where(row => states.Contains(row.State));
    }
}
