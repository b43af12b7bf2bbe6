using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Clients;

/// <summary>Whoever makes an API client, or sets its secret, can be that client: so it may do no more than its maker, in each of its tenants.</summary>
internal static class ClientReach
{
    /// <param name="tenants">Of the client; none: it is one of an MSP.</param>
    public static bool MayGive(Scope scope, IReadOnlyCollection<Guid> tenants, IEnumerable<string> permissions) =>
        permissions.All(permission => tenants.Count == 0 ? scope.Allows(permission) : tenants.All(tenant => Holds(scope, tenant, permission)));

    // What an MSP may open is the tenant's own word: no client that the MSP made gives it.
    private static bool Holds(Scope scope, Guid tenant, string permission) =>
        scope.AllowsFor(tenant, permission) && (permission != Permissions.AccessGrant || scope.MspId is null);
}
