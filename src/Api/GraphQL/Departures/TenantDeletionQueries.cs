using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Departures;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Departures;

internal sealed class TenantDeletionQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.TenantDelete)]
    [Description("Deletions of tenants that wait, the next one first.")]
    public async Task<IReadOnlyList<TenantDeletionNode>> TenantDeletions(CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return [.. (await db.TenantDeletions.AsNoTracking().OrderBy(row => row.DueAt).ToListAsync(cancellationToken)).Select(row => new TenantDeletionNode(row))];
    }

    internal async Task<TenantDeletionNode?> FindAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.TenantDeletions.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == tenant, cancellationToken) is { } row ? new TenantDeletionNode(row) : null;
    }
}

[Named("TenantDeletion")]
[Requires(Permissions.TenantDelete)]
[Description("The deletion of a tenant, which can be taken back until it is due.")]
internal sealed class TenantDeletionNode(TenantDeletionRow row)
{
    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Id]
    [Description("Id of the purge that it will be, for the receipt; it stays with the MSP.")]
    public string PurgeId => GlobalId.Of(NodeKind.Purge, row.PurgeId);

    [Description("Why.")]
    public string Reason => row.Reason;

    [Description("Who asked for it.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("When it is carried out.")]
    public DateTimeOffset DueAt => row.DueAt;

    [Description("'LEGAL_HOLD' where it was due and a hold keeps it; null otherwise.")]
    public string? Obstacle => row.Obstacle;
}
