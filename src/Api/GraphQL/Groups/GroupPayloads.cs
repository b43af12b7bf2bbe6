using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Groups;

[Requires(Permissions.GroupsWrite)]
[Description("Result of createGroup.")]
internal sealed class CreateGroupPayload(GroupNode? group, Outcome outcome, MutationInput input)
{
    [Description("The group; null for a client that may not read groups.")]
    public GroupNode? Group => group;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.GroupsWrite)]
[Description("Result of updateGroup.")]
internal sealed class UpdateGroupPayload(GroupNode? group, Outcome outcome, MutationInput input)
{
    [Description("The group after the call; null for a client that may not read groups.")]
    public GroupNode? Group => group;

    [Description("Why it was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.GroupsWrite)]
[Description("Result of deleteGroup.")]
internal sealed class DeleteGroupPayload(Outcome outcome, MutationInput input)
{
    [Description("Why it was not deleted; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.GroupsWrite)]
[Description("Result of reorderGroups.")]
internal sealed class ReorderGroupsPayload(IReadOnlyList<GroupNode> groups, Outcome outcome, MutationInput input)
{
    [Description("The groups in their new order.")]
    public IReadOnlyList<GroupNode> Groups => groups;

    [Description("Why the order was not changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.GroupsWrite)]
[Description("Result of changeGroupMembers.")]
internal sealed class ChangeGroupMembersPayload(GroupNode? group, Outcome outcome, MutationInput input)
{
    [Description("The group after the call; null for a client that may not read groups.")]
    public GroupNode? Group => group;

    [Description("Why nobody was added or removed; empty when it was done.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
