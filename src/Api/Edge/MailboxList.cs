using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>A tenant's mailboxes with their aliases and groups, by address.</summary>
internal sealed class MailboxList(IPlatformDbFactory databases)
{
    public async Task<IReadOnlyList<MailboxLine>> ReadAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var mailboxes = await db.Mailboxes.AsNoTracking().Where(row => row.TenantId == tenantId).OrderBy(row => row.Address).ToListAsync(cancellationToken);
        var aliases = (await db.MailboxAliases.AsNoTracking().Where(row => row.TenantId == tenantId).OrderBy(row => row.Address).ToListAsync(cancellationToken)).ToLookup(row => row.MailboxId, row => row.Address);
        var groups = (await db.GroupMembers.AsNoTracking().Where(row => row.TenantId == tenantId)
            .Join(db.Groups, member => member.GroupId, group => group.Id, (member, group) => new { member.MemberId, group.Name, group.Position })
            .OrderBy(row => row.Position).ToListAsync(cancellationToken)).ToLookup(row => row.MemberId, row => row.Name);
        return [.. mailboxes.Select((row, at) => new MailboxLine(at + 1, row.Address, row.DisplayName, [.. aliases[row.Id]], [.. groups[row.Id]]))];
    }
}
