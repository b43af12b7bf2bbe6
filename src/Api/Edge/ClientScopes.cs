using Platform.Api.Identity;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>The scope of an API client.</summary>
internal sealed class ClientScopes(IClientRegistry clients, MspTenants msps, TimeProvider time)
{
    /// <param name="granted">The permissions that its token was issued for.</param>
    /// <returns>Null when the client has ended.</returns>
    public async Task<Scope?> FindAsync(string clientId, IEnumerable<string> granted, CancellationToken cancellationToken)
    {
        if (await clients.FindAsync(clientId, cancellationToken) is not { } client || client.IsExpired(time.GetUtcNow()))
            return null;
        return new Scope(
            client.MspId is { } msp ? await msps.OfAsync(msp, cancellationToken) : client.Tenants.ToHashSet(),
            granted.Where(client.Permissions.Contains).ToHashSet(StringComparer.Ordinal),
            "client:" + clientId,
            client.MspId);
    }
}
