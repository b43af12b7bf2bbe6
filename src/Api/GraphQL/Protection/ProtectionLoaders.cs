using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Protection;

/// <summary>What is protected of deliveries, for a whole page at once. Of an employee what the own mailboxes sent, and not what they got.</summary>
internal sealed class ProtectionLoaders
{
    private readonly BatchLoader<Guid, ProtectionNode?> _protections;
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;

    public ProtectionLoaders(IPlatformDbFactory databases, CallerContext caller)
    {
        _databases = databases;
        _caller = caller;
        _protections = new(FetchAsync, _ => null);
    }

    public IDataLoaderResult<ProtectionNode?> OfDelivery(Guid deliveryId) => _protections.Load(deliveryId);

    private async Task<IReadOnlyDictionary<Guid, ProtectionNode?>> FetchAsync(IReadOnlyCollection<Guid> deliveries, CancellationToken cancellationToken)
    {
        var scope = _caller.Current.Scope;
        await using var db = _databases.Open(scope);
        var rows = await db.ProtectedDeliveries.AsNoTracking().Where(row => deliveries.Contains(row.DeliveryId)).ToListAsync(cancellationToken);
        // Who read what is as much a matter of the tenant's own as what was written.
        return rows.Where(row => scope.Reaches(row.SenderMailboxId) && !scope.ContentClosed.Contains(row.TenantId)).ToDictionary(row => row.DeliveryId, row => (ProtectionNode?)new ProtectionNode(row));
    }
}
