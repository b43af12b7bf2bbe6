using GraphQL.DataLoader;

namespace Platform.Api.GraphQL.Schema;

/// <summary>
/// Gathers the keys that sibling fields ask for and fetches them with one query: the engine hands out all results of a level
/// before it awaits the first, and awaiting the first closes the batch.
/// </summary>
internal sealed class BatchLoader<TKey, TValue>(Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> fetch, Func<TKey, TValue> missing)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Batch? _open;

    public IDataLoaderResult<TValue> Load(TKey key)
    {
        lock (_gate)
        {
            _open ??= new Batch();
            _open.Keys.Add(key);
            return new Result(this, _open, key);
        }
    }

    private Task<IReadOnlyDictionary<TKey, TValue>> Start(Batch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_open, batch))
                _open = null;
            return batch.Running ??= fetch(batch.Keys, cancellationToken);
        }
    }

    private sealed class Batch
    {
        public HashSet<TKey> Keys { get; } = [];
        public Task<IReadOnlyDictionary<TKey, TValue>>? Running { get; set; }
    }

    private sealed class Result(BatchLoader<TKey, TValue> loader, Batch batch, TKey key) : IDataLoaderResult<TValue>
    {
        public async Task<TValue> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var found = await loader.Start(batch, cancellationToken);
            return found.TryGetValue(key, out var value) ? value : loader.Missing(key);
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }

    private TValue Missing(TKey key) => missing(key);
}
