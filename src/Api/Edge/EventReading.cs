using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>What GraphQL and REST share in reading feeds: the bounds of a question, and waiting for the next event.</summary>
internal sealed class EventReading(IEventFeed feed, TimeProvider time)
{
    private const int MaxDays = 366;
    private const int MaxKinds = 50;
    private const int MaxText = 320;

    /// <summary>A page; an empty one is waited on, until an event comes that the filter takes or the time is up.</summary>
    public async Task<EventPage> ReadAsync(Scope scope, FeedId id, string? after, int first, EventFilter filter, TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var page = await feed.ReadAsync(scope, id, after, first, filter, cancellationToken);
            var left = wait - time.GetElapsedTime(started);
            if (page.Events.Count > 0 || left <= TimeSpan.Zero)
                return page;
            if (!page.HasNextPage)
                await feed.WaitAsync(scope, id, page.EndCursor, left, cancellationToken);
            after = page.EndCursor;
        }
    }

    /// <exception cref="ApiException">The days are in the wrong order, or too many.</exception>
    public Task<IReadOnlyList<EventCount>> CountAsync(Scope scope, FeedId id, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        to < from || to.DayNumber - from.DayNumber >= MaxDays
            ? throw ApiException.BadInput("to", $"'to' must not lie before 'from', nor a year after it: at most {MaxDays} days are counted at a time.")
            : feed.CountAsync(scope, id, from, to, cancellationToken);

    /// <exception cref="ApiException">Too many, or one too long.</exception>
    public static IReadOnlyCollection<string> Kinds(IReadOnlyCollection<string>? kinds, string field) =>
        kinds is null || (kinds.Count <= MaxKinds && kinds.All(kind => kind.Length <= MaxText))
            ? kinds ?? []
            : throw ApiException.BadInput(field, $"'{field}' takes at most {MaxKinds} kinds such as 'delivery.quarantined'.");

    /// <exception cref="ApiException">Too long for an address.</exception>
    public static string? Address(string? address, string field) =>
        address is null || address.Length <= MaxText ? address : throw ApiException.BadInput(field, $"'{field}' is an address of at most {MaxText} characters.");
}
