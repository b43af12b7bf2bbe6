using Platform.Storage.Scopes;

namespace Platform.Storage.Events;

/// <summary>The feed of a tenant: gapless, in commit order, cursor bound to the tenant.</summary>
public interface IEventFeed
{
    /// <param name="after">Null: from the oldest kept.</param>
    /// <exception cref="FeedCursorException">Foreign, malformed or expired cursor; never a silent restart.</exception>
    Task<EventPage> ReadAsync(Scope scope, Guid tenantId, string? after, int first, CancellationToken cancellationToken);

    /// <summary>Counts per UTC day and kind, to reconcile a copy with.</summary>
    Task<IReadOnlyList<EventCount>> CountAsync(Scope scope, Guid tenantId, DateOnly from, DateOnly to, CancellationToken cancellationToken);
}

/// <param name="EndCursor">Never null, also on an empty page.</param>
public sealed record EventPage(IReadOnlyList<FeedEvent> Events, IReadOnlyList<string> Cursors, string EndCursor, bool HasNextPage);

/// <param name="Sequence">Without gaps per tenant, from 1.</param>
/// <param name="Data">Fields of the event by our names (events.md), JSON object.</param>
public sealed record FeedEvent(Guid Id, Guid TenantId, long Sequence, string Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, Guid? MessageId, Guid? DeliveryId, string Data);

public sealed record EventCount(DateOnly Day, string Kind, long Count);

public sealed class FeedCursorException(string code, string message) : Exception(message)
{
    /// <summary><c>CURSOR_INVALID</c>, <c>CURSOR_FOREIGN</c> or <c>CURSOR_EXPIRED</c>.</summary>
    public string Code { get; } = code;
}
