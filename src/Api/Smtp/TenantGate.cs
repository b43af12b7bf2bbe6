using System.Collections.Concurrent;

namespace Platform.Api.Smtp;

/// <summary>Counts the messages of each tenant that are being received now, so that one tenant's flood leaves room for the others.</summary>
internal sealed class TenantGate
{
    private readonly ConcurrentDictionary<Guid, int> open = new();

    public bool TryEnter(Guid tenantId, int most)
    {
        if (open.AddOrUpdate(tenantId, 1, static (_, count) => count + 1) <= most)
            return true;
        Leave(tenantId);
        return false;
    }

    public void Leave(Guid tenantId) => open.AddOrUpdate(tenantId, 0, static (_, count) => count - 1);
}
