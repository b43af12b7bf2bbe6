using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Groups;

/// <summary>Changes of a tenant's groups. Each writes its event and audit entry in the same transaction.</summary>
public interface IGroupCommands
{
    /// <summary>The new group is the last in order.</summary>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewGroup group, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid groupId, GroupChange change, CancellationToken cancellationToken);

    /// <summary>What the group sets in the policy goes with it.</summary>
    Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid groupId, CancellationToken cancellationToken);

    /// <param name="order">Every group of the tenant once.</param>
    Task<CommandResult<Guid>> ReorderAsync(Scope scope, Guid tenantId, IReadOnlyList<Guid> order, CancellationToken cancellationToken);

    /// <summary>Adds and removes members; those already in, or not in, count as done. Up to <see cref="GroupLimits.MaxChange"/> at a time.</summary>
    /// <returns>The id of the group. All or nothing: one unknown member (<c>MEMBER_UNKNOWN</c>) refuses the whole.</returns>
    Task<CommandResult<Guid>> ChangeMembersAsync(Scope scope, Guid groupId, IReadOnlyList<GroupMember> add, IReadOnlyList<GroupMember> remove, CancellationToken cancellationToken);
}

/// <param name="ExternalId">What the tenant's own directory calls it.</param>
public sealed record NewGroup(string Name, string? ExternalId = null);

/// <summary>Null leaves a value as it is; an empty external id takes it away.</summary>
public sealed record GroupChange(string? Name = null, string? ExternalId = null);

public readonly record struct GroupMember(GroupMemberKind Kind, Guid Id);

public static class GroupLimits
{
    /// <summary>Of one tenant.</summary>
    public const int MaxGroups = 500;

    /// <summary>Of one group.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>Members added and removed by one command.</summary>
    public const int MaxChange = 1_000;

    public const int MaxName = 200;

    public const int MaxExternalId = 200;
}
