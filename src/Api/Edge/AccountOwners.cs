using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>Whose accounts or roles a request means.</summary>
internal static class AccountOwners
{
    /// <exception cref="ApiException">Neither a tenant in reach nor the caller's own MSP.</exception>
    public static (Scope Scope, AccountOwner Owner) ForOwner(this Caller caller, string? tenant, bool? ofMsp)
    {
        if (ofMsp != true)
        {
            var (scope, id) = caller.ForTenant(tenant);
            return (scope, AccountOwner.Tenant(id));
        }

        if (tenant is not null)
            throw ApiException.BadInput("tenant", "What is the MSP's own is no tenant's: leave 'tenant' out, or 'ofMsp'.");
        return caller.Scope.MspId is { } msp
            ? (caller.Scope, AccountOwner.Msp(msp))
            : throw new ApiException(ErrorCodes.Forbidden, "Only a client or an account of an MSP reaches what is the MSP's own.", 403, "ofMsp");
    }
}

/// <summary>Roles as the outside names them: those of the platform by name, others by id.</summary>
internal static class RoleKeys
{
    public static string Of(Guid id) => BuiltInRoles.Find(id)?.Name ?? GlobalId.Of(NodeKind.Role, id);

    /// <summary>A key that names no role gives an id that no role has.</summary>
    public static Guid Read(string key) => BuiltInRoles.Find(key)?.Id ?? GlobalId.Find(key, NodeKind.Role) ?? Guid.Empty;

    public static IReadOnlyList<Guid> Read(IEnumerable<string> keys) => [.. keys.Select(Read)];
}
