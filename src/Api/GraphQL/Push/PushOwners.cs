using Platform.Api.Edge;
using Platform.Storage.Push;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

/// <summary>Whose events are meant.</summary>
internal static class PushOwners
{
    /// <exception cref="ApiException">It cannot be told, or is out of reach.</exception>
    public static (Scope Scope, PushOwner Owner) Of(Caller caller, string? tenant, PushOrigin? origin)
    {
        if (origin != PushOrigin.Msp)
        {
            var (scope, id) = caller.ForTenant(tenant);
            return (scope, PushOwner.Tenant(id));
        }

        if (tenant is not null)
            throw ApiException.BadInput("tenant", "The feed of the MSP is no tenant's: leave 'tenant' out, or make 'origin' TENANT.");
        return caller.Scope.MspId is { } msp
            ? (caller.Scope, PushOwner.Msp(msp))
            : throw new ApiException(ErrorCodes.Forbidden, "Only a client of an MSP pushes the events of all its tenants.", 403, "origin");
    }
}
