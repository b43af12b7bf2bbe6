using Platform.Storage.Directory;

namespace Platform.Api.Edge;

/// <param name="ContentClosed">Those of them that keep their MSP from the content of messages.</param>
internal sealed record MspReach(IReadOnlySet<Guid> Tenants, IReadOnlySet<Guid> ContentClosed);

/// <summary>The tenants of an MSP as they are now: one that joins is in reach at once, one that leaves is out of reach at once.</summary>
internal sealed class MspTenants(IRecipientDirectory directory)
{
    public async Task<MspReach> OfAsync(Guid msp, CancellationToken cancellationToken)
    {
        var tenants = (await directory.AllTenantsAsync(cancellationToken)).Where(tenant => tenant.MspId == msp).ToList();
        return new MspReach(tenants.Select(tenant => tenant.Id).ToHashSet(), tenants.Where(tenant => !tenant.MspContentAccess).Select(tenant => tenant.Id).ToHashSet());
    }
}
