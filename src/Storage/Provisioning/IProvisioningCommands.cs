using Platform.Storage.Directory;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Storage.Provisioning;

/// <summary>
/// How a tenant's directory keeps its accounts: what follows for roles, and the keys of its program. Each change with its event and audit
/// entry in the same transaction; as of a sign-in provider, whoever makes one must hold all that an administrator of the tenant holds.
/// </summary>
public interface IProvisioningCommands
{
    /// <returns>The id of the tenant.</returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, RoleMap roles, CancellationToken cancellationToken);

    /// <param name="days">How long it is good.</param>
    /// <returns>The key, shown this once.</returns>
    Task<CommandResult<ProvisioningKey>> CreateKeyAsync(Scope scope, Guid tenantId, string name, int days, CancellationToken cancellationToken);

    /// <summary>It is worth nothing at once.</summary>
    Task<CommandResult<Guid>> RemoveKeyAsync(Scope scope, Guid keyId, CancellationToken cancellationToken);
}

public sealed record ProvisioningKey(Guid Id, string Key)
{
    /// <summary>So that no log shows it.</summary>
    public override string ToString() => Id.ToString();
}
