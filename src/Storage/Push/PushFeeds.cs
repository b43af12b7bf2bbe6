using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push;

/// <summary>The feeds as pushing follows them: by the number of the last event that was taken over.</summary>
internal sealed class PushFeeds(IEventFeed feed, FeedCursors cursors, IReadConnections reads)
{
    private const string Actor = "push";

    /// <summary>Events behind a place, oldest first. Where the oldest are no longer kept, from the oldest that are.</summary>
    public async Task<PushedEvents> ReadAsync(PushOwner owner, long position, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await PageAsync(owner, position == 0 ? null : cursors.Write(owner.Id, position), count, cancellationToken);
        }
        catch (FeedCursorException expired) when (expired.Code == "CURSOR_EXPIRED")
        {
            return await PageAsync(owner, null, count, cancellationToken);
        }
    }

    /// <summary>One event by its number; null when it is no longer kept.</summary>
    public async Task<FeedEvent?> FindAsync(PushOwner owner, long sequence, CancellationToken cancellationToken) =>
        (await ReadAsync(owner, sequence - 1, 1, cancellationToken)).Events is [var found] && found.Sequence == sequence ? found : null;

    /// <summary>The number of the newest event.</summary>
    public async Task<long> LastAsync(PushOwner owner, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await LastAsync(sql, owner, cancellationToken);
    }

    public static async ValueTask<long> LastAsync(SqlSession sql, PushOwner owner, CancellationToken cancellationToken) =>
        (await FeedPlaces.StateAsync(sql, FeedOf(owner), cancellationToken)).Last;

    /// <exception cref="FeedCursorException">Not a cursor of this feed.</exception>
    public long Place(PushOwner owner, string cursor) => cursors.Read(owner.Id, cursor);

    private async Task<PushedEvents> PageAsync(PushOwner owner, string? after, int count, CancellationToken cancellationToken)
    {
        var scope = owner.IsMsp ? new Scope(new HashSet<Guid>(), Permissions.All, "system:" + Actor, owner.Id) : Scope.System(owner.Id, Actor);
        var page = await feed.ReadAsync(scope, FeedOf(owner), after, count, EventFilter.None, cancellationToken);
        return new PushedEvents(page.Events, page.HasNextPage);
    }

    private static FeedId FeedOf(PushOwner owner) => new(owner.Id, owner.IsMsp);
}

/// <param name="HasMore">There is more at this moment.</param>
internal sealed record PushedEvents(IReadOnlyList<FeedEvent> Events, bool HasMore);
