using Platform.Storage.Directory;

namespace Platform.Cluster.Tests.Support;

/// <summary>A directory of one tenant, set by the test, that counts how often it is asked.</summary>
internal sealed class SettableDirectory : IRecipientDirectory
{
    private int _asked;

    public TenantSettings? Tenant { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public ValueTask<MailboxRef?> FindSenderAsync(string address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<TenantSettings?> FindTenantAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return ValueTask.FromResult(Tenant?.Id == tenantId ? Tenant : null);
    }

    public ValueTask<RecipientLookup> FindAsync(string localPart, string domain, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new RecipientLookup(null, null));

    public ValueTask<IReadOnlyList<TenantSettings>> AllTenantsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<TenantSettings>>(Tenant is null ? [] : [Tenant]);
}
