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
        var permissions = granted.Where(client.Permissions.Contains).ToHashSet(StringComparer.Ordinal);
        var actor = "client:" + clientId;
        if (client.MspId is not { } msp)
            return new Scope(client.Tenants.ToHashSet(), permissions, actor) { Makers = client.Makers };
        var reach = await msps.OfAsync(msp, cancellationToken);
        return new Scope(reach.Tenants, permissions, actor, msp) { ContentClosed = reach.ContentClosed, Makers = client.Makers };
    }
}
