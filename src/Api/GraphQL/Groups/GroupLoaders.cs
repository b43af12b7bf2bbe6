using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Groups;

/// <summary>What hangs on groups and mailboxes, for a whole page at once.</summary>
internal sealed class GroupLoaders
{
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly BatchLoader<Guid, int> _counts;
    private readonly BatchLoader<Guid, IReadOnlyList<GroupNode>> _groups;

    public GroupLoaders(IPlatformDbFactory databases, CallerContext caller)
    {
        _databases = databases;
        _caller = caller;
        _counts = new(FetchCountsAsync, _ => 0);
        _groups = new(FetchGroupsAsync, _ => []);
    }

    public IDataLoaderResult<int> MemberCountOf(Guid groupId) => _counts.Load(groupId);

    /// <summary>The groups of a mailbox, itself or by its account, in the tenant's order.</summary>
    public IDataLoaderResult<IReadOnlyList<GroupNode>> GroupsOf(Guid mailboxId) => _groups.Load(mailboxId);

    private async Task<IReadOnlyDictionary<Guid, int>> FetchCountsAsync(IReadOnlyCollection<Guid> groups, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        return await db.GroupMembers.AsNoTracking().Where(row => groups.Contains(row.GroupId)).GroupBy(row => row.GroupId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<GroupNode>>> FetchGroupsAsync(IReadOnlyCollection<Guid> mailboxes, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var ofAccounts = await db.Accounts.AsNoTracking().Where(row => row.MailboxId != null && mailboxes.Contains(row.MailboxId.Value)).ToDictionaryAsync(row => row.Id, row => row.MailboxId!.Value, cancellationToken);
        List<Guid> members = [.. mailboxes, .. ofAccounts.Keys];
        var rows = await db.GroupMembers.AsNoTracking().Where(row => members.Contains(row.MemberId))
            .Join(db.Groups.AsNoTracking(), member => member.GroupId, group => group.Id, (member, group) => new { member.MemberId, Group = group })
            .OrderBy(row => row.Group.Position).ThenBy(row => row.Group.Id)
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => ofAccounts.GetValueOrDefault(row.MemberId, row.MemberId))
            .ToDictionary(mailbox => mailbox.Key, mailbox => (IReadOnlyList<GroupNode>)[.. mailbox.Select(row => row.Group).DistinctBy(group => group.Id).Select(group => new GroupNode(group))]);
    }
}
