using Platform.Storage.Accounts;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Storage.Provisioning;

/// <summary>What the program of a tenant's directory works with.</summary>
public interface IProvisioning
{
    /// <summary>Whose key it is, while it is good. Without a scope: it is what makes one.</summary>
    Task<(Guid Id, Guid TenantId)?> FindKeyAsync(string key, CancellationToken cancellationToken);

    /// <summary>What follows from groups, with the roles that there are. Where nothing is set: employees, whatever their groups.</summary>
    Task<ProvisioningRoles> RolesAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Notes that the tenant's directory keeps the account, and what only the directory knows of it.</summary>
    Task KeepAsync(Scope scope, Guid tenantId, ProvisionedAccount account, CancellationToken cancellationToken);
}

/// <param name="Known">Roles of the map that there are, by id.</param>
public sealed record ProvisioningRoles(RoleMap Map, IReadOnlyDictionary<Guid, Role> Known)
{
    /// <summary>Roles of a member of groups with these names and external ids.</summary>
    public IReadOnlyList<Guid> Of(IReadOnlySet<string> groups)
    {
        var mapped = Map.RolesOf(groups).Where(Known.ContainsKey).ToList();
        return mapped.Count > 0 ? mapped : [.. Map.Default.Where(Known.ContainsKey)];
    }

    /// <summary>
    /// As which the directory's program acts: what keeping accounts and groups needs, and what its own roles may do. So it neither gives
    /// more, nor changes an account that holds more.
    /// </summary>
    public Scope ScopeOf(Guid tenantId, string actor) => new(
        new HashSet<Guid> { tenantId },
        Known.Values.SelectMany(role => role.Permissions)
            .Concat([Permissions.AccountsRead, Permissions.AccountsWrite, Permissions.GroupsRead, Permissions.GroupsWrite, Permissions.AccountsProvision])
            .ToHashSet(StringComparer.Ordinal),
        actor);
}

public sealed record ProvisionedAccount(Guid AccountId, string? ExternalId, string? GivenName, string? FamilyName);
