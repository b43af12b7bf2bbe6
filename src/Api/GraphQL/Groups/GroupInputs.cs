using System.ComponentModel;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.GraphQL.Groups;

[Description("Input of createGroup.")]
internal sealed record CreateGroupInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name for people, 1 to 200 characters, unique for the tenant.")]
    public required string Name { get; init; }

    [Description("What the tenant's own directory calls it, up to 200 characters, unique for the tenant.")]
    public string? ExternalId { get; init; }
}

[Description("Input of updateGroup. What is left out stays.")]
internal sealed record UpdateGroupInput : MutationInput
{
    [Id]
    [Description("The group to change.")]
    public required string GroupId { get; init; }

    [Description("Name for people, 1 to 200 characters, unique for the tenant.")]
    public string? Name { get; init; }

    [Description("What the tenant's own directory calls it; empty takes it away.")]
    public string? ExternalId { get; init; }
}

[Description("Input of deleteGroup.")]
internal sealed record DeleteGroupInput : MutationInput
{
    [Id]
    [Description("The group to delete.")]
    public required string GroupId { get; init; }
}

[Description("Input of reorderGroups.")]
internal sealed record ReorderGroupsInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("Every group of the tenant once, in the order in which they are to decide.")]
    public required IReadOnlyList<string> GroupIds { get; init; }
}

[Description("Input of changeGroupMembers: 1,000 ids at most.")]
internal sealed record ChangeGroupMembersInput : MutationInput
{
    [Id]
    [Description("The group.")]
    public required string GroupId { get; init; }

    [Id]
    [Description("Mailboxes and accounts of the group's tenant to put in.")]
    public IReadOnlyList<string>? Add { get; init; }

    [Id]
    [Description("Mailboxes and accounts to take out.")]
    public IReadOnlyList<string>? Remove { get; init; }
}
