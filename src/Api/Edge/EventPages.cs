using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>Pages of the feed, with a filter on kinds. The cursor is always the feed's own, so a filter may change between pages.</summary>
internal sealed class EventPages(IEventFeed feed)
{
    public const int MaxSize = 1_000;

    /// <summary>Events looked through for one filtered page; a page may end before it is full, its cursor behind what was looked through.</summary>
    private const int MaxLookedThrough = 10_000;

    public async Task<EventPage> ReadAsync(Scope scope, Guid tenantId, string? after, int size, IReadOnlyCollection<string>? kinds, CancellationToken cancellationToken)
    {
        if (kinds is null)
            return await feed.ReadAsync(scope, tenantId, after, size, cancellationToken);

        var wanted = kinds.ToHashSet(StringComparer.Ordinal);
        var events = new List<FeedEvent>();
        var cursors = new List<string>();
        var lookedThrough = 0;
        while (true)
        {
            var page = await feed.ReadAsync(scope, tenantId, after, MaxSize, cancellationToken);
            for (var i = 0; i < page.Events.Count; i++)
            {
                if (!wanted.Contains(page.Events[i].Kind))
                    continue;
                if (events.Count == size)
                    return new EventPage(events, cursors, cursors[^1], true);
                events.Add(page.Events[i]);
                cursors.Add(page.Cursors[i]);
            }

            after = page.EndCursor;
            lookedThrough += page.Events.Count;
            if (!page.HasNextPage || lookedThrough >= MaxLookedThrough)
                return new EventPage(events, cursors, after, page.HasNextPage);
        }
    }
}
