using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Accounts;

/// <summary>
/// Changes of accounts, each with its audit entry and, for a tenant's, its event in the same transaction. Nobody gives more than it
/// holds, or changes an account that holds more; an owner keeps one active administrator.
/// </summary>
public interface IAccountCommands
{
    /// <summary>Makes an account that waits for its person, with an invitation.</summary>
    /// <returns>The id of the account.</returns>
    Task<CommandResult<Guid>> InviteAsync(Scope scope, AccountOwner owner, NewAccount account, CancellationToken cancellationToken);

    /// <summary>Makes an account that may sign in at once: by an outside provider, by provisioning, by the operator.</summary>
    /// <returns>The id of the account.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, AccountOwner owner, NewAccount account, CancellationToken cancellationToken);

    /// <summary>Voids the invitation there is and makes another, for an account that still waits.</summary>
    Task<CommandResult<Guid>> InviteAgainAsync(Scope scope, Guid accountId, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid accountId, AccountChange change, CancellationToken cancellationToken);

    /// <param name="roles">All that it has from then on.</param>
    Task<CommandResult<Guid>> SetRolesAsync(Scope scope, Guid accountId, IReadOnlyCollection<Guid> roles, CancellationToken cancellationToken);

    /// <summary>Out at once in this process, within ten seconds elsewhere.</summary>
    Task<CommandResult<Guid>> DisableAsync(Scope scope, Guid accountId, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> EnableAsync(Scope scope, Guid accountId, CancellationToken cancellationToken);

    /// <summary>What a person may change of its own account, whatever it may do otherwise.</summary>
    Task<CommandResult<Guid>> ChangeOwnAsync(Guid accountId, string? name, string? language, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid accountId, CancellationToken cancellationToken);
}

/// <param name="Roles">Ids, at least one.</param>
/// <param name="MailboxId">Its own mailbox; null: the one of the same address, where there is one.</param>
public sealed record NewAccount(string Address, string Name, IReadOnlyCollection<Guid> Roles, string? Language = null, Guid? MailboxId = null);

/// <summary>Null leaves a value as it is.</summary>
public sealed record AccountChange(string? Name = null, string? Language = null, string? Address = null, Guid? MailboxId = null);
