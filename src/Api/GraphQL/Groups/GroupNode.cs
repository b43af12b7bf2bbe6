using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Groups;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Groups;

[Named("Group")]
[Implements(typeof(INode))]
[Requires(Permissions.GroupsRead)]
[Description("Mailboxes and accounts of a tenant that share values of the policy.")]
internal sealed class GroupNode(GroupRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Group, row.Id);

    [Description("Name for people, unique for the tenant, case not regarded.")]
    public string Name => row.Name;

    [Description("What the tenant's own directory calls it.")]
    public string? ExternalId => row.ExternalId;

    [Description("Its place among the tenant's groups: of the groups of a mailbox the first that sets a value decides.")]
    public int Position => row.Position;

    [Description("How many are in it.")]
    public IDataLoaderResult<int> MemberCount([FromServices] GroupLoaders loaders) => loaders.MemberCountOf(row.Id);

    [Description("Who is in it, the newest first.")]
    public Task<Connection<GroupMemberNode>> Members(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [FromServices] GroupQueries queries,
        CancellationToken cancellationToken) => queries.MembersAsync(row.Id, first, after, cancellationToken);

    [Requires(Permissions.PolicyRead)]
    [Description("What holds for a mailbox that is in this group alone.")]
    public Task<EffectivePolicyNode?> Policy([FromServices] PolicyQueries queries, CancellationToken cancellationToken) =>
        queries.FindAsync(PolicyTarget.Group(row.Id), cancellationToken);

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When name, external id or place last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it.")]
    public string ChangedBy => row.ChangedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);
}

[Named("GroupMember")]
[Requires(Permissions.GroupsRead)]
[Description("Somebody in a group.")]
internal sealed class GroupMemberNode(GroupMemberRow row, string? address, string? name)
{
    [Id]
    [Description("Id of the mailbox or account.")]
    public string Id => GroupIds.Of(row.Kind, row.MemberId);

    [Description("What it is.")]
    public GroupMemberKind Kind => row.Kind;

    [Description("Its address.")]
    public string? Address => address;

    [Description("Name of the person.")]
    public string? Name => name;

    [Description("Since when it is in the group.")]
    public DateTimeOffset AddedAt => row.AddedAt;
}
