using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Directory;

/// <summary>Tenants from the directory's memory, and what hangs on them for a whole page at once.</summary>
internal sealed class TenantLoaders
{
    private readonly IRecipientDirectory _directory;
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly BatchLoader<Guid, IReadOnlyList<DomainNode>> _domains;

    public TenantLoaders(IRecipientDirectory directory, IPlatformDbFactory databases, CallerContext caller)
    {
        _directory = directory;
        _databases = databases;
        _caller = caller;
        _domains = new(FetchDomainsAsync, _ => []);
    }

    /// <summary>Null when it is unknown or out of reach. The directory knows every tenant, so the scope is asked here.</summary>
    public async Task<TenantNode?> FindAsync(Guid tenantId, CancellationToken cancellationToken) =>
        _caller.Current.Scope.Tenants.Contains(tenantId) && await _directory.FindTenantAsync(tenantId, cancellationToken) is { } settings
            ? new TenantNode(settings)
            : null;

    public async Task<IReadOnlyList<TenantNode>> FindManyAsync(IEnumerable<Guid> tenants, CancellationToken cancellationToken)
    {
        var found = new List<TenantNode>();
        foreach (var tenant in tenants)
            if (await FindAsync(tenant, cancellationToken) is { } node)
                found.Add(node);
        return found;
    }

    public IDataLoaderResult<IReadOnlyList<DomainNode>> DomainsOf(Guid tenantId) => _domains.Load(tenantId);

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<DomainNode>>> FetchDomainsAsync(IReadOnlyCollection<Guid> tenants, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.Domains.AsNoTracking().Where(row => tenants.Contains(row.TenantId)).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.TenantId).ToDictionary(group => group.Key, group => (IReadOnlyList<DomainNode>)[.. group.Select(row => new DomainNode(row))]);
    }
}
