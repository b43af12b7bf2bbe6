using Platform.Api.Edge;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;

namespace Platform.Api.Scim;

/// <summary>The caller behind a key of a tenant's directory. Such a key is taken below <c>/scim</c> and nowhere else.</summary>
internal sealed class ProvisioningCaller(IProvisioning provisioning)
{
    private const string Scheme = "Bearer ";
    private const string Prefix = "scim_";

    public static bool IsMeant(HttpRequest request) =>
        request.Path.StartsWithSegments(ScimRoutes.Path) && request.Headers.Authorization.ToString().StartsWith(Scheme + Prefix, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null: the key is unknown, was removed or has ended.</returns>
    public async Task<Caller?> FindAsync(HttpRequest request)
    {
        var key = request.Headers.Authorization.ToString()[Scheme.Length..].Trim();
        return await provisioning.FindKeyAsync(key, request.HttpContext.RequestAborted) is var (id, tenant)
            ? new Caller(new Scope(new HashSet<Guid> { tenant }, new HashSet<string> { Permissions.AccountsProvision }, "scim:" + id), "scim:" + id, Languages.Choose(request))
            : null;
    }
}
