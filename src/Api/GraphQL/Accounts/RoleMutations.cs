using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Accounts;

internal sealed class RoleMutations(IRoleCommands commands, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.RolesWrite)]
    [Description("Makes a role with at most the permissions of the one who makes it.")]
    public async Task<RolePayload> CreateRole([Description("The role.")] CreateRoleInput input, CancellationToken cancellationToken)
    {
        var outcome = await CreateAsync(input, cancellationToken);
        return new RolePayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.RolesWrite)]
    [Description("Changes a role of one's own; it holds at once for every account that has it.")]
    public async Task<RolePayload> UpdateRole([Description("The change.")] UpdateRoleInput input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(
            input.RoleId,
            "updateRole",
            input,
            id => commands.ChangeAsync(caller.Current.Scope, id, new RoleChange(input.Name, input.Description, input.Permissions), cancellationToken),
            cancellationToken);
        return new RolePayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.RolesWrite)]
    [Description("Removes a role of one's own. One that accounts have is removed only for another in its place.")]
    public async Task<RemoveRolePayload> RemoveRole([Description("Which role.")] RemoveRoleInput input, CancellationToken cancellationToken) => new(
        await RunAsync(
            input.RoleId,
            "removeRole",
            input,
            id => commands.RemoveAsync(caller.Current.Scope, id, input.Replacement is null ? null : RoleKeys.Read(input.Replacement), cancellationToken),
            cancellationToken),
        input);

    private Task<Outcome> CreateAsync(CreateRoleInput input, CancellationToken cancellationToken)
    {
        var role = new NewRole(input.Name, input.Description ?? "", input.Permissions, input.OwnMailboxOnly == true);
        return runner.RunForAsync(
            () => caller.Current.ForOwner(input.Tenant, input.OfMsp),
            place => place.Owner.Id,
            "createRole",
            input,
            async place => Outcome.Of(await commands.CreateAsync(place.Scope, place.Owner, role, cancellationToken)),
            Outcome.Refused,
            cancellationToken);
    }

    private Task<Outcome> RunAsync(string roleId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => RoleKeys.Read(roleId) is var id && id != Guid.Empty
            ? Outcome.Of(await command(id))
            : Outcome.Failed(ErrorCodes.NotFound, "No such role is in reach of this client.", "roleId"), cancellationToken);

    private async Task<RoleNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || !caller.Current.Scope.Allows(Permissions.AccountsRead))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Roles.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? AccountLoaders.Node(row) : null;
    }
}

[Description("Input of createRole.")]
internal sealed record CreateRoleInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("True: a role for accounts of the MSP itself.")]
    public bool? OfMsp { get; init; }

    [Description("Name for people, 1 to 60 characters.")]
    public required string Name { get; init; }

    [Description("What it is for, up to 300 characters.")]
    public string? Description { get; init; }

    [Description("What it allows: names such as 'messages.read'.")]
    public required IReadOnlyList<string> Permissions { get; init; }

    [Description("Holds for the account's own mailbox and nothing else; stays so for good.")]
    public bool? OwnMailboxOnly { get; init; }
}

[Description("Input of updateRole. What is left out stays.")]
internal sealed record UpdateRoleInput : MutationInput
{
    [Id]
    [Description("Which role.")]
    public required string RoleId { get; init; }

    [Description("Name for people, 1 to 60 characters.")]
    public string? Name { get; init; }

    [Description("What it is for, up to 300 characters.")]
    public string? Description { get; init; }

    [Description("All that it allows from then on.")]
    public IReadOnlyList<string>? Permissions { get; init; }
}

[Description("Input of removeRole.")]
internal sealed record RemoveRoleInput : MutationInput
{
    [Id]
    [Description("Which role.")]
    public required string RoleId { get; init; }

    [Id]
    [Description("Key of the role that its accounts have instead; needed where there are any.")]
    public string? Replacement { get; init; }
}

[Requires(Permissions.RolesWrite)]
[Description("Result of the mutations that write a role.")]
internal sealed class RolePayload(RoleNode? role, Outcome outcome, MutationInput input)
{
    [Description("The role after the call.")]
    public RoleNode? Role => role;

    [Description("Why nothing was done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.RolesWrite)]
[Description("Result of removeRole.")]
internal sealed class RemoveRolePayload(Outcome outcome, RemoveRoleInput input)
{
    [Id]
    [Description("The id of the role that is gone; null when it is not.")]
    public string? RemovedRoleId => outcome.Error is null ? input.RoleId : null;

    [Description("Why it was not removed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
