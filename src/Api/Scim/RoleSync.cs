using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Model;

namespace Platform.Api.Scim;

/// <summary>
/// Gives accounts that the tenant's directory keeps the roles that follow from their groups, where groups are mapped to roles at all. An
/// account that holds more than the map can give, and the last administrator, stay as they are.
/// </summary>
internal sealed partial class RoleSync(ScimSessions sessions, IAccountCommands commands, ILogger<RoleSync> logger)
{
    private const int AtOnce = 500;

    public async Task ApplyAsync(ScimSession session, IReadOnlyCollection<Guid> accounts, CancellationToken cancellationToken)
    {
        if (session.Roles.Map.Entries.Count == 0)
            return;
        foreach (var some in accounts.Chunk(AtOnce))
        {
            foreach (var (account, wanted) in await ChangedAsync(session, some, cancellationToken))
            {
                var set = await commands.SetRolesAsync(session.Scope, account, wanted, cancellationToken);
                if (!set.Succeeded)
                    Left(logger, account, set.Code!);
            }
        }
    }

    private async Task<IReadOnlyList<(Guid Account, IReadOnlyList<Guid> Roles)>> ChangedAsync(ScimSession session, Guid[] accounts, CancellationToken cancellationToken)
    {
        await using var db = sessions.Open(session);
        var kept = await db.ProvisionedAccounts.AsNoTracking().Where(row => accounts.Contains(row.AccountId)).Select(row => row.AccountId).ToListAsync(cancellationToken);
        var groups = await GroupsAsync(db, kept, cancellationToken);
        var held = (await db.AccountRoles.AsNoTracking().Where(row => kept.Contains(row.AccountId)).ToListAsync(cancellationToken)).ToLookup(row => row.AccountId, row => row.RoleId);
        return [.. kept.Select(account => (Account: account, Roles: session.Roles.Of(groups[account].ToHashSet(StringComparer.Ordinal))))
            .Where(found => found.Roles.Count > 0 && !held[found.Account].ToHashSet().SetEquals(found.Roles))];
    }

    private static async Task<ILookup<Guid, string>> GroupsAsync(PlatformDb db, List<Guid> accounts, CancellationToken cancellationToken)
    {
        var rows = await (
            from member in db.GroupMembers.AsNoTracking()
            where accounts.Contains(member.MemberId)
            join row in db.Groups.AsNoTracking() on member.GroupId equals row.Id
            select new { member.MemberId, row.Name, row.ExternalId }).ToListAsync(cancellationToken);
        return rows.SelectMany(row => new[] { (row.MemberId, Text: row.Name), (row.MemberId, Text: row.ExternalId ?? row.Name) }).ToLookup(row => row.MemberId, row => row.Text);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The account {Account} keeps its roles: {Code}")]
    private static partial void Left(ILogger logger, Guid account, string code);
}
