using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;

namespace Platform.Api.GraphQL.Accounts;

[Named("Role")]
[Requires(Storage.Scopes.Permissions.AccountsRead)]
[Description("Permissions under a name.")]
internal sealed class RoleNode(Role role, string? description)
{
    [Id]
    [Description("Opaque id of a role that a tenant or MSP made; null for one of the platform's.")]
    public string? Id => IsBuiltIn ? null : GlobalId.Of(NodeKind.Role, role.Id);

    [Description("What is given where a role is asked for: the name of one of the platform's, else the id.")]
    public string Key => RoleKeys.Of(role.Id);

    [Description("Name for people.")]
    public string Name => role.Name;

    [Description("What it is for; null for a role of the platform.")]
    public string? Description => description;

    [Description("One of the platform's, the same everywhere and for good.")]
    public bool IsBuiltIn => BuiltInRoles.Find(role.Id) is not null;

    [Description("Holds for the account's own mailbox and nothing else. Beside a role that reaches further it counts for nothing.")]
    public bool OwnMailboxOnly => role.OwnMailboxOnly;

    [Description("For accounts of an MSP, not of a tenant.")]
    public bool IsOfMsp => role.Of == AccountOwnerKind.Msp;

    [Description("What it allows, by name.")]
    public IReadOnlyList<string> Permissions => [.. role.Permissions.Order(StringComparer.Ordinal)];
}
