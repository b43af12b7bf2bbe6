using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Policies;

/// <summary>
/// Changes of what an MSP, a tenant, a group or a mailbox sets. Each writes, in the same transaction, an event and an audit entry for
/// every tenant whose mail it may touch. A change that changes nothing tells nothing.
/// </summary>
public interface IPolicyCommands
{
    /// <returns>
    /// The id of the place. Codes: <c>NOT_FOUND</c>, <c>FORBIDDEN</c>, <c>INVALID_POLICY</c> (no such setting, one named twice, or not a value of
    /// it), <c>POLICY_LOCKED</c> (a level further out has locked it).
    /// </returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, PolicyTarget target, IReadOnlyList<PolicyChange> changes, CancellationToken cancellationToken);
}

/// <param name="Setting">Key of a <see cref="PolicySetting"/>.</param>
/// <param name="Value">Null: unset, so that what is set further out holds.</param>
/// <param name="Locked">Levels further in cannot change it.</param>
public sealed record PolicyChange(string Setting, string? Value, bool Locked = false);
