using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Events;

internal sealed class EventQueries(EventPages pages, IEventFeed feed, CallerContext caller)
{
    private const int MaxDays = 366;

    [Requires(Permissions.EventsRead)]
    [Description("The feed of a tenant: every event once, in commit order. Keep nextCursor and come back with it; it is never null, also at the end.")]
    public async Task<EventConnection> Events(
        [Description("How many, at most 1,000.")] int? first,
        [Description("Go on behind this cursor; without it, from the oldest event kept. A foreign or expired cursor is an error, never a restart.")] string? after,
        [Description("Which events.")] EventFilter? filter,
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        // An empty page could not tell where to go on.
        var size = Paging.Size(first, EventPages.MaxSize, least: 1);
        var (scope, tenantId) = caller.Current.ForTenant(tenant);
        return new EventConnection(await pages.ReadAsync(scope, tenantId, after, size, filter?.Kinds, cancellationToken));
    }

    [Requires(Permissions.EventsRead)]
    [Description("Events counted by UTC day and kind, to reconcile a copy with.")]
    public async Task<IReadOnlyList<EventCountNode>> EventCounts(
        [Description("First day.")] DateOnly from,
        [Description("Last day.")] DateOnly to,
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        if (to < from || to.DayNumber - from.DayNumber >= MaxDays)
            throw ApiException.BadInput("to", $"'to' must not lie before 'from', nor a year after it: at most {MaxDays} days are counted at a time.");
        var (scope, tenantId) = caller.Current.ForTenant(tenant);
        return [.. (await feed.CountAsync(scope, tenantId, from, to, cancellationToken)).Select(count => new EventCountNode(count))];
    }
}

[Description("Which events. All that is given must hold.")]
internal sealed record EventFilter
{
    [Description("One of these kinds: 'delivery.quarantined'.")]
    public IReadOnlyList<string>? Kinds { get; init; }
}

[Named("EventConnection")]
[AnyClient]
[Description("A page of the feed.")]
internal sealed class EventConnection(EventPage page)
{
    [Description("The events with the cursor of each.")]
    public IReadOnlyList<Edge<EventNode>> Edges { get; } = [.. page.Events.Zip(page.Cursors, (feedEvent, cursor) => new Edge<EventNode>(new EventNode(feedEvent), cursor))];

    [Description("The events without cursors.")]
    public IReadOnlyList<EventNode> Nodes => [.. Edges.Select(edge => edge.Node)];

    [Description("How to go on.")]
    public EventPageInfo PageInfo { get; } = new(page);

    [Description("Give this as 'after' next time. Never null, also on an empty page.")]
    public string NextCursor => page.EndCursor;
}

[Named("EventPageInfo")]
[AnyClient]
[Description("How to go on in the feed.")]
internal sealed class EventPageInfo(EventPage page)
{
    [Description("There is more at this moment.")]
    public bool HasNextPage => page.HasNextPage;

    [Description("The same as nextCursor.")]
    public string EndCursor => page.EndCursor;
}

[Named("EventCount")]
[Requires(Permissions.EventsRead)]
[Description("Events of one kind on one day.")]
internal sealed class EventCountNode(EventCount count)
{
    [Description("Day in UTC.")]
    public DateOnly Day => count.Day;

    [Description("Kind.")]
    public string Kind => count.Kind;

    [Description("How many.")]
    public long Count => count.Count;
}
