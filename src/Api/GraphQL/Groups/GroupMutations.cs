using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Groups;

internal sealed class GroupMutations(IGroupCommands commands, GroupQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.GroupsWrite)]
    [Description("Makes a group, the last in the tenant's order.")]
    public async Task<CreateGroupPayload> CreateGroup([Description("The group.")] CreateGroupInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "createGroup", input, async (scope, tenant) =>
            Outcome.Of(await commands.CreateAsync(scope, tenant, new NewGroup(input.Name, input.ExternalId), cancellationToken)), cancellationToken);
        return new CreateGroupPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.GroupsWrite)]
    [Description("Changes the name or external id of a group. What is left out stays.")]
    public async Task<UpdateGroupPayload> UpdateGroup([Description("The change.")] UpdateGroupInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForGroupAsync(input.GroupId, "updateGroup", input, id =>
            commands.UpdateAsync(caller.Current.Scope, id, new GroupChange(input.Name, input.ExternalId), cancellationToken), cancellationToken);
        return new UpdateGroupPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.GroupsWrite)]
    [Description("Deletes a group with what it sets in the policy. Its members stay.")]
    public async Task<DeleteGroupPayload> DeleteGroup([Description("Which group.")] DeleteGroupInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForGroupAsync(input.GroupId, "deleteGroup", input, id => commands.DeleteAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);
        return new DeleteGroupPayload(outcome, input);
    }

    [Requires(Permissions.GroupsWrite)]
    [Description("Puts the groups of a tenant into another order: of the groups of a mailbox the first that sets a value decides.")]
    public async Task<ReorderGroupsPayload> ReorderGroups([Description("The order.")] ReorderGroupsInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "reorderGroups", input, async (scope, tenant) =>
        {
            var order = input.GroupIds.Select(id => GlobalId.Find(id, NodeKind.Group) ?? Guid.Empty).ToList();
            return Outcome.Of(await commands.ReorderAsync(scope, tenant, order, cancellationToken));
        }, cancellationToken);
        var groups = outcome.Key is { } tenant && caller.Current.Scope.Allows(Permissions.GroupsRead) ? await queries.AllAsync(tenant, cancellationToken) : [];
        return new ReorderGroupsPayload([.. groups.Select(row => new GroupNode(row))], outcome, input);
    }

    [Requires(Permissions.GroupsWrite)]
    [Description("Adds members to a group and removes others: all or nothing. Who is in, or not in, already counts as done.")]
    public async Task<ChangeGroupMembersPayload> ChangeGroupMembers([Description("The change.")] ChangeGroupMembersInput input, CancellationToken cancellationToken)
    {
        var outcome = await ForGroupAsync(input.GroupId, "changeGroupMembers", input, id => commands.ChangeMembersAsync(
            caller.Current.Scope, id, [.. (input.Add ?? []).Select(GroupIds.Member)], [.. (input.Remove ?? []).Select(GroupIds.Member)], cancellationToken), cancellationToken);
        return new ChangeGroupMembersPayload(await FoundAsync(outcome, cancellationToken), outcome, input);
    }

    private Task<Outcome> ForGroupAsync(string groupId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => GlobalId.Find(groupId, NodeKind.Group) is { } id
            ? Outcome.Of(await command(id))
            : Outcome.Failed(ErrorCodes.NotFound, "No such group is in reach of this client.", "groupId"), cancellationToken);

    private async Task<GroupNode?> FoundAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.GroupsRead) ? await queries.FindAsync(id, cancellationToken) : null;
}
