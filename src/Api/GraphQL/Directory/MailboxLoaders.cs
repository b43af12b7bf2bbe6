using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Directory;

/// <summary>Mailboxes by id and by address, for a whole page at once.</summary>
internal sealed class MailboxLoaders
{
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly BatchLoader<Guid, MailboxNode?> _byId;
    private readonly BatchLoader<(Guid Tenant, string Address), MailboxNode?> _byAddress;

    public MailboxLoaders(IPlatformDbFactory databases, CallerContext caller)
    {
        _databases = databases;
        _caller = caller;
        _byId = new(FetchByIdAsync, _ => null);
        _byAddress = new(FetchByAddressAsync, _ => null);
    }

    public IDataLoaderResult<MailboxNode?> Mailbox(Guid id) => _byId.Load(id);

    /// <param name="address">In lower case.</param>
    public IDataLoaderResult<MailboxNode?> Mailbox(Guid tenantId, string address) => _byAddress.Load((tenantId, address));

    private async Task<IReadOnlyDictionary<Guid, MailboxNode?>> FetchByIdAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        return await db.Mailboxes.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (MailboxNode?)new MailboxNode(row), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<(Guid Tenant, string Address), MailboxNode?>> FetchByAddressAsync(IReadOnlyCollection<(Guid Tenant, string Address)> keys, CancellationToken cancellationToken)
    {
        var addresses = keys.Select(key => key.Address).Distinct().ToList();
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Mailboxes.AsNoTracking().Where(row => addresses.Contains(row.Address)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => (row.TenantId, row.Address), row => (MailboxNode?)new MailboxNode(row));
    }
}
