using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Lists;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Rules;

/// <summary>The rules and list entries that decisions and reasons name, for a whole page at once.</summary>
internal sealed class PolicyLoaders
{
    private readonly IPlatformDbFactory _databases;
    private readonly IListReading _lists;
    private readonly CallerContext _caller;
    private readonly BatchLoader<Guid, RuleNode?> _rules;
    private readonly BatchLoader<Guid, ListEntryNode?> _entries;

    public PolicyLoaders(IPlatformDbFactory databases, IListReading lists, CallerContext caller)
    {
        _databases = databases;
        _lists = lists;
        _caller = caller;
        _rules = new(FetchRulesAsync, _ => null);
        _entries = new(FetchEntriesAsync, _ => null);
    }

    public IDataLoaderResult<RuleNode?> Rule(Guid id) => _rules.Load(id);

    /// <param name="id">Null: of no entry.</param>
    public IDataLoaderResult<ListEntryNode?> Entry(Guid? id) => _entries.Load(id ?? Guid.Empty);

    private async Task<IReadOnlyDictionary<Guid, RuleNode?>> FetchRulesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(_caller.Current.Scope);
        return await db.Rules.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (RuleNode?)new RuleNode(row), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Guid, ListEntryNode?>> FetchEntriesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        (await _lists.FindManyAsync(_caller.Current.Scope, ids, cancellationToken)).ToDictionary(entry => entry.Row.Id, entry => (ListEntryNode?)new ListEntryNode(entry));
}
