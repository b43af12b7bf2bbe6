using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Tracking;

/// <summary>What is tracked of the deliveries of a page, read at once.</summary>
internal sealed class ReadLoader
{
    private readonly BatchLoader<Guid, DeliveryReadsNode?> _reads;
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;

    public ReadLoader(IPlatformDbFactory databases, CallerContext caller)
    {
        _databases = databases;
        _caller = caller;
        _reads = new(FetchAsync, _ => null);
    }

    public IDataLoaderResult<DeliveryReadsNode?> Of(Guid deliveryId) => _reads.Load(deliveryId);

    private async Task<IReadOnlyDictionary<Guid, DeliveryReadsNode?>> FetchAsync(IReadOnlyCollection<Guid> deliveries, CancellationToken cancellationToken)
    {
        var scope = _caller.Current.Scope;
        await using var db = _databases.Open(scope);
        var rows = await db.TrackedDeliveries.AsNoTracking().Where(row => deliveries.Contains(row.DeliveryId)).ToListAsync(cancellationToken);
        // Who read what is as much a matter of the tenant's own as what was written.
        return rows.Where(row => !scope.ContentClosed.Contains(row.TenantId)).ToDictionary(row => row.DeliveryId, row => (DeliveryReadsNode?)new DeliveryReadsNode(row));
    }
}
