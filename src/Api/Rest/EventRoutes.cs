using System.ComponentModel;
using System.Text.Json.Nodes;
using Platform.Api.Edge;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>
/// The event feed over REST: a page as JSON, or a stream of lines (application/x-ndjson). The cursor of the last event taken, given as
/// <c>after</c>, goes on behind it, also where an answer was cut short.
/// </summary>
internal sealed class EventRoutes(EventReading reading, IEventFeed feed)
{
    private const int DefaultLimit = 100;
    private const int MaxPage = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", (HttpContext context, EventRoutes route, CallerContext caller, [AsParameters] EventQuestion question, CancellationToken cancellationToken) =>
                route.ReadAsync(context, caller.Current, question, cancellationToken))
            .WithName("listEvents")
            .WithTags("Events")
            .WithSummary("Events of a feed in commit order")
            .WithDescription(
                "Every event once, in order, without gaps. 'Accept: application/x-ndjson' streams one event a line, each with its cursor: up to the end of the feed, or up to 'limit'. "
                + "'Link: rel=\"next\"' and 'X-Next-Cursor' of a page and of a stream with a limit say where to go on, also behind what a filter passed over.")
            .Produces<EventPageAnswer>(200, "application/json", EventStream.MediaType)
            .ProducesProblems(400, 401, 403, 406, 429)
            .RequirePermission(Permissions.EventsRead);
        routes.MapGet("/events/counts", (
                EventRoutes route,
                CallerContext caller,
                [Description("First day in UTC.")] DateOnly from,
                [Description("Last day in UTC.")] DateOnly to,
                [Description("Id of the tenant; without it as for events.")] string? tenant,
                CancellationToken cancellationToken) => route.CountAsync(caller.Current, from, to, tenant, cancellationToken))
            .WithName("countEvents")
            .WithTags("Events")
            .WithSummary("Events by day and kind")
            .WithDescription("Events of a feed counted by UTC day of recording and kind, to reconcile a copy with. Days are kept whole.")
            .Produces<EventCountsAnswer>()
            .ProducesProblems(400, 401, 403, 429)
            .RequirePermission(Permissions.EventsRead);
    }

    private async Task<IResult> ReadAsync(HttpContext context, Caller caller, EventQuestion question, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForFeed(question.Tenant);
        var (filter, format, wait) = (question.Filter(), question.Form(), question.Patience());
        // "?after=" is how a program begins that always writes the parameter.
        var after = question.After is "" ? null : question.After;
        if (!EventStream.IsWanted(context.Request))
        {
            var size = question.Size(MaxPage) ?? DefaultLimit;
            var page = await reading.ReadAsync(scope, id, after, size, filter, wait, cancellationToken);
            return new EventPageResult(page, format);
        }

        var limit = question.Size(IEventFeed.MaxPage);
        var first = await reading.ReadAsync(scope, id, after, limit ?? MaxPage, filter, wait, cancellationToken);
        return limit is not null
            ? new EventStream(first, format, null)
            : new EventStream(first, format, (cursor, ct) => feed.ReadAsync(scope, id, cursor, MaxPage, filter, ct));
    }

    private async Task<EventCountsAnswer> CountAsync(Caller caller, DateOnly from, DateOnly to, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForFeed(tenant);
        var counts = await reading.CountAsync(scope, id, from, to, cancellationToken);
        return new EventCountsAnswer([.. counts.Select(count => new EventCountAnswer(count.Day, count.Kind, count.Count))]);
    }
}

[Description("A page of events.")]
internal sealed record EventPageAnswer(
    [property: Description("The events, each with its cursor.")] JsonArray Events,
    [property: Description("Give this as 'after' next time. Never null, also on an empty page.")] string NextCursor,
    [property: Description("There is more at this moment.")] bool HasMore);

[Description("Events by day and kind.")]
internal sealed record EventCountsAnswer([property: Description("By day, then kind.")] IReadOnlyList<EventCountAnswer> Counts);

[Description("Events of one kind on one day.")]
internal sealed record EventCountAnswer(
    [property: Description("Day in UTC.")] DateOnly Day,
    [property: Description("Kind.")] string Kind,
    [property: Description("How many.")] long Count);
