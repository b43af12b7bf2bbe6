using Platform.Storage.Directory;

namespace Platform.Api.Edge;

/// <summary>The tenants of an MSP as they are now: one that joins is in reach at once, one that leaves is out of reach at once.</summary>
internal sealed class MspTenants(IRecipientDirectory directory)
{
    public async Task<IReadOnlySet<Guid>> OfAsync(Guid msp, CancellationToken cancellationToken)
    {
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        return tenants.Where(tenant => tenant.MspId == msp).Select(tenant => tenant.Id).ToHashSet();
    }
}
