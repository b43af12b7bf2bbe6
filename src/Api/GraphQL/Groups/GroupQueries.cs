using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Groups;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Groups;

internal sealed class GroupQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.GroupsRead)]
    [Description("The groups of a tenant in the order in which they decide.")]
    public async Task<Connection<GroupNode>> Groups(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        // A tenant has few groups, so that all are read.
        var rows = await AllAsync(caller.Current.ForTenant(tenant).TenantId, cancellationToken);
        List<GroupRow> page = [.. rows.Where(row => from is null || string.CompareOrdinal(GroupKeys.Of(row), from) > 0).Take(size + 1)];
        return new Connection<GroupNode>(Paging.Of(page, size, after, row => new GroupNode(row), row => Cursor.Of(GroupKeys.Of(row))), _ => Task.FromResult(rows.Count));
    }

    [Requires(Permissions.GroupsRead)]
    [Description("One group; null when it is unknown or out of reach.")]
    public async Task<GroupNode?> Group([Id][Description("Id of the group.")] string id, CancellationToken cancellationToken) =>
        GlobalId.Find(id, NodeKind.Group) is { } key ? await FindAsync(key, cancellationToken) : null;

    internal async Task<GroupNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Groups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new GroupNode(row) : null;
    }

    internal async Task<IReadOnlyList<GroupRow>> AllAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Groups.AsNoTracking().Where(row => row.TenantId == tenantId).OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
    }

    internal async Task<Connection<GroupMemberNode>> MembersAsync(Guid groupId, int? first, string? after, CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.Scope;
        await using var db = databases.Open(scope);
        var rows = await GroupMembers.PageAsync(db, groupId, from, size + 1, cancellationToken);
        return new Connection<GroupMemberNode>(
            Paging.Of(rows, size, after, row => new GroupMemberNode(row.Row, row.Address, row.Name), row => Cursor.Of(row.Row.AddedAt, row.Row.MemberId)),
            async token =>
            {
                await using var counted = databases.Open(scope);
                return await counted.GroupMembers.CountAsync(row => row.GroupId == groupId, token);
            });
    }
}
