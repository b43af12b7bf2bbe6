using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.NextHops;

/// <summary>Counts of sessions, for a whole page of destinations at once.</summary>
internal sealed class TransportLoaders
{
    private readonly IPlatformDbFactory _databases;
    private readonly CallerContext _caller;
    private readonly BatchLoader<(Guid Tenant, string Domain), IReadOnlyList<TransportCount>> _counts;

    public TransportLoaders(IPlatformDbFactory databases, CallerContext caller)
    {
        _databases = databases;
        _caller = caller;
        _counts = new(FetchAsync, _ => []);
    }

    public IDataLoaderResult<IReadOnlyList<TransportCount>> Counts(Guid tenantId, string domain) => _counts.Load((tenantId, domain));

    private async Task<IReadOnlyDictionary<(Guid Tenant, string Domain), IReadOnlyList<TransportCount>>> FetchAsync(
        IReadOnlyCollection<(Guid Tenant, string Domain)> keys, CancellationToken cancellationToken)
    {
        var domains = keys.Select(key => key.Domain).Distinct().ToList();
        await using var db = _databases.Open(_caller.Current.Scope);
        var rows = await db.TransportSessions.AsNoTracking().Where(row => domains.Contains(row.Domain))
            .GroupBy(row => new { row.TenantId, row.Domain, row.Result })
            .Select(group => new { group.Key.TenantId, group.Key.Domain, group.Key.Result, Sessions = group.Sum(row => row.Sessions) })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => (row.TenantId, row.Domain)).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<TransportCount>)[.. group.OrderByDescending(row => row.Sessions).ThenBy(row => row.Result).Select(row => new TransportCount(row.Result, row.Sessions))]);
    }
}
