using Platform.Storage.Scopes;

namespace Platform.Storage.Events;

/// <summary>The feeds of tenants and of MSPs: gapless, in commit order, cursor bound to the feed.</summary>
public interface IEventFeed
{
    /// <summary>Most events of a page.</summary>
    const int MaxPage = 10_000;

    /// <param name="after">Null: from the oldest kept.</param>
    /// <param name="first">At most <see cref="MaxPage"/>. A filtered page may be shorter though there is more.</param>
    /// <exception cref="FeedCursorException">Foreign, malformed or expired cursor; never a silent restart.</exception>
    Task<EventPage> ReadAsync(Scope scope, FeedId feed, string? after, int first, EventFilter filter, CancellationToken cancellationToken);

    /// <summary>Waits until the feed has an event behind the cursor, or the time is up.</summary>
    Task WaitAsync(Scope scope, FeedId feed, string after, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>The place behind the last event there is: to follow from now on.</summary>
    Task<string> EndAsync(Scope scope, FeedId feed, CancellationToken cancellationToken);

    /// <summary>Counts per UTC day of recording and kind, to reconcile a copy with. Days are kept whole.</summary>
    Task<IReadOnlyList<EventCount>> CountAsync(Scope scope, FeedId feed, DateOnly from, DateOnly to, CancellationToken cancellationToken);
}

/// <param name="Cursors">One an event, to go on behind it.</param>
/// <param name="EndCursor">Never null, also on an empty page.</param>
public sealed record EventPage(IReadOnlyList<FeedEvent> Events, IReadOnlyList<string> Cursors, string EndCursor, bool HasNextPage);

/// <param name="Sequence">Its number in the feed it was read from, without gaps from 1.</param>
/// <param name="RecordedAt">Never runs backwards along a feed.</param>
/// <param name="Data">Fields of the event by our names, a JSON object in UTF-8.</param>
public sealed record FeedEvent(
    Guid Id,
    Guid TenantId,
    long Sequence,
    string Kind,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    Guid? MessageId,
    Guid? DeliveryId,
    ReadOnlyMemory<byte> Data);

public sealed record EventCount(DateOnly Day, string Kind, long Count);

public sealed class FeedCursorException(string code, string message) : Exception(message)
{
    /// <summary><c>CURSOR_INVALID</c>, <c>CURSOR_FOREIGN</c> or <c>CURSOR_EXPIRED</c>.</summary>
    public string Code { get; } = code;
}
