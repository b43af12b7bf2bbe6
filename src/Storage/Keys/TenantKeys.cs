using System.Collections.Concurrent;
using System.Security.Cryptography;
using Platform.Storage.Transactions;

namespace Platform.Storage.Keys;

/// <summary>Keys of tenants, unwrapped once and kept in memory.</summary>
internal sealed class TenantKeys(PlatformKeys platform, IReadConnections reads)
{
    private readonly ConcurrentDictionary<Guid, byte[]> _keys = new();

    /// <exception cref="CryptographicException">The tenant is unknown, or its key is not under this platform key.</exception>
    public async ValueTask<byte[]> GetAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(tenantId, out var known))
            return known;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var wrapped = await sql.FirstAsync("SELECT wrapped_key FROM tenants WHERE id = @id", row => row.GetFieldValue<byte[]>(0), cancellationToken, ("@id", tenantId));
        var key = platform.UnwrapTenantKey(tenantId, wrapped ?? throw new CryptographicException("The tenant has no key."));
        return _keys.GetOrAdd(tenantId, key);
    }

    /// <summary>The tenant is gone: this process holds its key no longer.</summary>
    public void Forget(Guid tenantId)
    {
        if (_keys.TryRemove(tenantId, out var key))
            CryptographicOperations.ZeroMemory(key);
    }
}
