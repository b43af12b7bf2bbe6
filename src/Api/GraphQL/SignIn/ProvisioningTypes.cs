using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Provisioning;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

[Named("Provisioning")]
[Requires(Permissions.SignInRead)]
[Description("How a tenant's directory keeps its accounts by SCIM; see docs/scim.md.")]
internal sealed class ProvisioningNode(RoleMap map)
{
    [Description("Roles by names and external ids of groups.")]
    public IReadOnlyList<RoleMappingNode> RoleMap => [.. map.Entries.Select(entry => new RoleMappingNode(entry))];

    [Description("Keys of the roles of those who are in no group of the map.")]
    public IReadOnlyList<string> DefaultRoles => [.. map.Default.Select(RoleKeys.Of)];
}

[Named("ProvisioningKey")]
[Implements(typeof(INode))]
[Requires(Permissions.SignInRead)]
[Description("A long-lived key of the program of a tenant's directory.")]
internal sealed class ProvisioningKeyNode(ProvisioningKeyRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ProvisioningKey, row.Id);

    [Description("For people.")]
    public string Name => row.Name;

    [Description("From then on it is worth nothing.")]
    public DateTimeOffset ExpiresAt => row.ExpiresAt;

    [Description("When it was last used, to an hour; null: never.")]
    public DateTimeOffset? LastUsedAt => row.LastUsedAt;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => row.CreatedBy;
}

[Description("Input of setProvisioning.")]
internal sealed record SetProvisioningInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Roles by names or external ids of groups, at most 100; empty: roles are given here and stay.")]
    public required IReadOnlyList<RoleMappingInput> RoleMap { get; init; }

    [Description("Keys of the roles of new accounts, and of those who are in no group of the map; at least one.")]
    public required IReadOnlyList<string> DefaultRoles { get; init; }
}

[Description("Input of createProvisioningKey.")]
internal sealed record CreateProvisioningKeyInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("For people, up to 200 characters.")]
    public required string Name { get; init; }

    [Description("Days until it ends, 1 to 730; by default 365.")]
    public int? ValidDays { get; init; }
}

[Description("Input of removeProvisioningKey.")]
internal sealed record RemoveProvisioningKeyInput : MutationInput
{
    [Id]
    [Description("The key.")]
    public required string KeyId { get; init; }
}

[Requires(Permissions.SignInWrite)]
[Description("Result of setProvisioning.")]
internal sealed class SetProvisioningPayload(ProvisioningNode? provisioning, Outcome outcome, MutationInput input)
{
    [Description("What holds after the call.")]
    public ProvisioningNode? Provisioning => provisioning;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SignInWrite)]
[Description("Result of createProvisioningKey.")]
internal sealed class CreateProvisioningKeyPayload(ProvisioningKey? made, Outcome outcome, MutationInput input)
{
    [Id]
    [Description("Id of the key; null when none was made.")]
    public string? KeyId => outcome.Key is { } id ? GlobalId.Of(NodeKind.ProvisioningKey, id) : null;

    [Description("The key, shown this once; null on a repeat under the same idempotency key.")]
    public string? Key => made?.Key;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SignInWrite)]
[Description("Result of removeProvisioningKey.")]
internal sealed class RemoveProvisioningKeyPayload(Outcome outcome, RemoveProvisioningKeyInput input)
{
    [Id]
    [Description("The id of the key that is gone; null when it is not.")]
    public string? RemovedKeyId => outcome.Error is null ? input.KeyId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
