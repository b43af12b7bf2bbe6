using System.Text.Json;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Accounts;

/// <summary>What hangs on accounts, fetched for a whole page at once.</summary>
internal sealed class AccountLoaders
{
    private readonly BatchLoader<Guid, IReadOnlyList<RoleNode>> _roles;
    private readonly BatchLoader<Guid, InvitationNode?> _invitations;
    private readonly BatchLoader<Guid, MailboxNode?> _mailboxes;
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly TimeProvider _time;

    public AccountLoaders(IPlatformDbFactory databases, CallerContext caller, TimeProvider time)
    {
        _databases = databases;
        _caller = caller;
        _time = time;
        _roles = new(FetchRolesAsync, _ => []);
        _invitations = new(FetchInvitationsAsync, _ => null);
        _mailboxes = new(FetchMailboxesAsync, _ => null);
    }

    public IDataLoaderResult<IReadOnlyList<RoleNode>> RolesOf(Guid accountId) => _roles.Load(accountId);

    public IDataLoaderResult<InvitationNode?> InvitationOf(Guid accountId) => _invitations.Load(accountId);

    public IDataLoaderResult<MailboxNode?> Mailbox(Guid? mailboxId) => _mailboxes.Load(mailboxId ?? Guid.Empty);

    public static RoleNode Node(RoleRow row) => new(
        new Role(row.Id, row.Name, row.OwnerKind, (JsonSerializer.Deserialize<string[]>(row.Permissions) ?? []).ToHashSet(StringComparer.Ordinal), row.OwnMailboxOnly), row.Description);

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RoleNode>>> FetchRolesAsync(IReadOnlyCollection<Guid> accounts, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var given = await db.AccountRoles.AsNoTracking().Where(row => accounts.Contains(row.AccountId))
            .Select(row => new { row.AccountId, row.RoleId, Own = db.Roles.SingleOrDefault(role => role.Id == row.RoleId) }).ToListAsync(cancellationToken);
        return given.GroupBy(row => row.AccountId).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<RoleNode>)[.. group
                .Select(row => row.Own is { } own ? Node(own) : BuiltInRoles.Find(row.RoleId) is { } role ? new RoleNode(role, null) : null)
                .OfType<RoleNode>().OrderBy(role => role.Name, StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyDictionary<Guid, InvitationNode?>> FetchInvitationsAsync(IReadOnlyCollection<Guid> accounts, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Invitations.AsNoTracking().Where(row => accounts.Contains(row.AccountId)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.AccountId, row => (InvitationNode?)new InvitationNode(row, now));
    }

    private async Task<IReadOnlyDictionary<Guid, MailboxNode?>> FetchMailboxesAsync(IReadOnlyCollection<Guid> mailboxes, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Mailboxes.AsNoTracking().Where(row => mailboxes.Contains(row.Id)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id, row => (MailboxNode?)new MailboxNode(row));
    }
}
