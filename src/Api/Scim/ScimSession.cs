using Platform.Api.Edge;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;

namespace Platform.Api.Scim;

/// <summary>As whom a directory's program acts, in one tenant.</summary>
/// <param name="Base">Where the resources lie: <c>https://host/scim/v2</c>.</param>
internal sealed record ScimSession(Guid TenantId, Scope Scope, ProvisioningRoles Roles, string Base)
{
    public AccountOwner Owner => AccountOwner.Tenant(TenantId);
}

internal sealed class ScimSessions(IProvisioning provisioning, IPlatformDbFactory databases, ApiSettings settings, CallerContext caller)
{
    /// <exception cref="ApiException">The client reaches several tenants.</exception>
    public async Task<ScimSession> OpenAsync(HttpRequest request)
    {
        var (scope, tenant) = caller.Current.ForTenant(null);
        if (!scope.AllowsFor(tenant, Permissions.AccountsProvision))
            throw new PermissionDeniedException(Permissions.AccountsProvision);
        var roles = await provisioning.RolesAsync(tenant, request.HttpContext.RequestAborted);
        var site = settings.Issuer?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        return new ScimSession(tenant, roles.ScopeOf(tenant, scope.Actor), roles, site + ScimRoutes.Path);
    }

    public PlatformDb Open(ScimSession session) => databases.Open(session.Scope);
}
