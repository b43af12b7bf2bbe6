using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Accounts;

/// <summary>Changes of an owner's own roles, audited and, for a tenant's, told in its feed. A role holds no more than the one who writes it.</summary>
public interface IRoleCommands
{
    /// <returns>The id of the role.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, AccountOwner owner, NewRole role, CancellationToken cancellationToken);

    /// <summary>Holds at once for every account that has the role.</summary>
    Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid roleId, RoleChange change, CancellationToken cancellationToken);

    /// <param name="replacement">What its accounts have from then on; needed where there are any.</param>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid roleId, Guid? replacement, CancellationToken cancellationToken);
}

/// <param name="OwnMailboxOnly">Holds for the account's own mailbox and nothing else; stays so for good.</param>
public sealed record NewRole(string Name, string Description, IReadOnlyCollection<string> Permissions, bool OwnMailboxOnly = false);

/// <summary>Null leaves a value as it is.</summary>
public sealed record RoleChange(string? Name = null, string? Description = null, IReadOnlyCollection<string>? Permissions = null);
