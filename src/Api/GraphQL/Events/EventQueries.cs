using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Events;

internal sealed class EventQueries(IEventFeed feed, EventReading reading, CallerContext caller)
{
    private const int MaxSize = 1_000;

    [Requires(Permissions.EventsRead)]
    [Description("A feed: every event once, in commit order. Of the tenant named; without a name that of the client's MSP over all its tenants, else of the client's own tenant. Keep nextCursor and come back with it; it is never null, also at the end.")]
    public async Task<EventConnection> Events(
        [Description("How many, at most 1,000.")] int? first,
        [Description("Go on behind this cursor; without it, from the oldest event kept. A foreign or expired cursor is an error, never a restart.")] string? after,
        [Description("Which events. A page may then be short though there is more: pageInfo says so.")] EventFilterInput? filter,
        [Id][Description("Which tenant's feed.")] string? tenant,
        CancellationToken cancellationToken)
    {
        // An empty page could not tell where to go on.
        var size = Paging.Size(first, MaxSize, least: 1);
        var (scope, id) = caller.Current.ForFeed(tenant);
        return new EventConnection(await feed.ReadAsync(scope, id, after, size, filter?.Read() ?? EventFilter.None, cancellationToken));
    }

    [Requires(Permissions.EventsRead)]
    [Description("Events of a feed counted by UTC day of recording and kind, to reconcile a copy with. Days are kept whole.")]
    public async Task<IReadOnlyList<EventCountNode>> EventCounts(
        [Description("First day.")] DateOnly from,
        [Description("Last day.")] DateOnly to,
        [Id][Description("Which tenant's feed; without it as for events.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var (scope, id) = caller.Current.ForFeed(tenant);
        return [.. (await reading.CountAsync(scope, id, from, to, cancellationToken)).Select(count => new EventCountNode(count))];
    }
}

[Named("EventFilter")]
[Description("Which events. All that is given must hold.")]
internal sealed record EventFilterInput
{
    [Description("One of these kinds: 'delivery.quarantined'.")]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Description("One of these verdicts, as the message stood at the event.")]
    public IReadOnlyList<VerdictKind>? Verdicts { get; init; }

    [Description("Which way the mail goes.")]
    public MailDirection? Direction { get; init; }

    [Description("With a delivery to this address.")]
    public string? Mailbox { get; init; }

    [Description("Recorded at this moment or later. What is stored late is recorded late, so nothing is missed by it.")]
    public DateTimeOffset? Since { get; init; }

    public EventFilter Read() => new()
    {
        Kinds = EventReading.Kinds(Kinds, "filter.kinds"),
        Verdicts = Verdicts ?? [],
        Direction = Direction,
        Mailbox = EventReading.Address(Mailbox, "filter.mailbox"),
        Since = Since,
    };
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
