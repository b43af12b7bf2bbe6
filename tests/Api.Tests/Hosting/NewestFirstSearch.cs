using System.Collections.Concurrent;
using Platform.Storage.Scopes;
using Platform.Storage.Search;

namespace Platform.Api.Tests.Hosting;

/// <summary>Finds documents by a word of their subject; the real index has tests of its own.</summary>
internal sealed class NewestFirstSearch : IMessageSearch
{
    private readonly ConcurrentDictionary<Guid, SearchDocument> _documents = new();

    public Task IndexAsync(IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        foreach (var document in documents)
            _documents[document.MessageId] = document;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Guid tenantId, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken)
    {
        foreach (var id in messageIds)
            _documents.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Guid>> FindAsync(Scope scope, string query, int max, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Guid>>(
        [.. _documents.Values.Where(document => scope.Tenants.Contains(document.TenantId) && document.Subject.Contains(query, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(document => document.ReceivedAt).Take(max).Select(document => document.MessageId)]);

    public Task AdvanceAsync(Guid tenantId, long sequence, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        _documents.Clear();
        return Task.CompletedTask;
    }

    public Task<long> PositionAsync(Guid tenantId, CancellationToken cancellationToken) =>
        Task.FromResult(_documents.Values.Where(document => document.TenantId == tenantId).Select(document => document.Sequence).DefaultIfEmpty().Max());
}
