using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Groups;
using Platform.Storage.Model;

namespace Platform.Api.Edge;

/// <summary>A member with its address and the name of the person.</summary>
internal sealed record NamedMember(GroupMemberRow Row, string? Address, string? Name);

/// <summary>Pages of the members of a group, the newest first, for GraphQL and REST alike.</summary>
internal static class GroupMembers
{
    public static async Task<List<NamedMember>> PageAsync(PlatformDb db, Guid groupId, (DateTimeOffset Time, Guid Id)? after, int size, CancellationToken cancellationToken)
    {
        var members = db.GroupMembers.AsNoTracking().Where(row => row.GroupId == groupId);
        if (after is var (time, id))
            members = members.Where(row => row.AddedAt < time || (row.AddedAt == time && row.MemberId < id));
        var page = await members.OrderByDescending(row => row.AddedAt).ThenByDescending(row => row.MemberId).Take(size).ToListAsync(cancellationToken);
        var ids = page.Select(row => row.MemberId).ToList();
        var mailboxes = await db.Mailboxes.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var accounts = await db.Accounts.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. page.Select(row => accounts.TryGetValue(row.MemberId, out var account)
            ? new NamedMember(row, account.Address, account.Name)
            : new NamedMember(row, mailboxes.GetValueOrDefault(row.MemberId)?.Address, mailboxes.GetValueOrDefault(row.MemberId)?.DisplayName))];
    }
}

/// <summary>The sort key of groups in lists.</summary>
internal static class GroupKeys
{
    public static string Of(GroupRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Position:D9}{row.Id:N}");
}
