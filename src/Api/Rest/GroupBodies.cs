using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Groups;

namespace Platform.Api.Rest;

[Description("A group to make.")]
internal sealed record NewGroupBody(
    [property: Description("1 to 200 characters, unique for the tenant, case not regarded.")] string Name,
    [property: Description("What the tenant's own directory calls it, up to 200 characters, unique for the tenant.")] string? ExternalId = null,
    [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("A change of a group. What is left out stays.")]
internal sealed record GroupChangeBody(
    string? Name = null,
    [property: Description("Empty takes it away.")] string? ExternalId = null);

[Description("Members to add and to remove, 1,000 at most.")]
internal sealed record GroupMembersBody(
    [property: Description("Ids of mailboxes and accounts of the group's tenant.")] IReadOnlyList<string>? Add = null,
    [property: Description("Ids of mailboxes and accounts.")] IReadOnlyList<string>? Remove = null);

[Description("A group of a tenant.")]
internal sealed record GroupAnswer(
    string Id,
    string Name,
    string? ExternalId,
    [property: Description("Of the groups of a mailbox the first in this order that sets a value of the policy decides.")] int Position,
    string Tenant,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt)
{
    public static GroupAnswer Of(GroupRow row) => new(
        GlobalId.Of(NodeKind.Group, row.Id), row.Name, row.ExternalId, row.Position, GlobalId.Of(NodeKind.Tenant, row.TenantId), row.CreatedAt, row.ChangedAt);
}

[Description("Somebody in a group.")]
internal sealed record GroupMemberAnswer(
    [property: Description("Id of the mailbox or account.")] string Id,
    [property: Description("mailbox or account.")] string Kind,
    string? Address,
    string? Name,
    DateTimeOffset AddedAt)
{
    public static GroupMemberAnswer Of(NamedMember member) => new(
        GroupIds.Of(member.Row.Kind, member.Row.MemberId), member.Row.Kind.ToString().ToLowerInvariant(), member.Address, member.Name, member.Row.AddedAt);
}
