using System.Runtime.CompilerServices;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>
/// Follows a feed as it grows, page by page behind a cursor, so that what a push gives is what a pull would have given: nothing is lost or
/// doubled between the two. Between pages it waits for a commit, of this process or of another.
/// </summary>
internal sealed class FeedFollower(IEventFeed feed)
{
    private const int PageSize = 200;

    /// <summary>How long it waits before it asks anew whether the caller may still follow.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(2);

    /// <param name="after">Where to begin; null: behind what is there now.</param>
    /// <param name="check">Whether the caller may still follow; asked whenever there is nothing new.</param>
    /// <exception cref="FeedCursorException">Foreign, malformed or expired.</exception>
    public async IAsyncEnumerable<EventPage> FollowAsync(
        Scope scope, FeedId id, string? after, EventFilter filter, Func<CancellationToken, ValueTask<Caller>> check, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        after ??= await feed.EndAsync(scope, id, cancellationToken);
        while (true)
        {
            var page = await feed.ReadAsync(scope, id, after, PageSize, filter, cancellationToken);
            if (page.Events.Count > 0)
                yield return page;
            after = page.EndCursor;
            if (page.HasNextPage)
                continue;
            await check(cancellationToken);
            await feed.WaitAsync(scope, id, after, CheckEvery, cancellationToken);
        }
    }
}
