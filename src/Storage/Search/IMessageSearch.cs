using Platform.Storage.Scopes;

namespace Platform.Storage.Search;

/// <summary>
/// Full-text search over the messages of a scope. Two implementations share one contract test suite:
/// SQLite FTS5 in its own file, and Elasticsearch.
/// </summary>
public interface IMessageSearch
{
    /// <summary>Adds or replaces documents; called by the projection, in batches, off the mail path.</summary>
    Task IndexAsync(IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken);

    Task DeleteAsync(Guid tenantId, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken);

    /// <summary>Message ids that match, newest first, at most <paramref name="max"/>. Terms of one character and more, Japanese too; quotes bind a phrase.</summary>
    Task<IReadOnlyList<Guid>> FindAsync(Scope scope, string query, int max, CancellationToken cancellationToken);

    /// <summary>Which of some messages of a tenant match; for holds.</summary>
    Task<IReadOnlySet<Guid>> MatchAsync(Guid tenantId, string query, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken);

    /// <summary>Forgets a tenant that is gone.</summary>
    Task DeleteTenantAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>What was deleted is gone from the files too.</summary>
    Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>The last event number indexed for a tenant: what answers built on it say as asOf.</summary>
    Task<long> PositionAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>All events up to <paramref name="sequence"/> are in the index; written after the documents they led to.</summary>
    Task AdvanceAsync(Guid tenantId, long sequence, CancellationToken cancellationToken);

    /// <summary>Forgets everything; the projection fills the index again from the rows.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}

/// <param name="Sequence">The event number that this document's state is as of.</param>
public sealed record SearchDocument(Guid TenantId, Guid MessageId, long Sequence, DateTimeOffset ReceivedAt, string Subject, string From, string To, string Body, string Attachments);
