using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Platform.Api.Edge;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>
/// The event feed over REST: pages as JSON, or as a stream of lines (application/x-ndjson) that ends when the feed does. The cursor of the
/// last event taken, given as <c>after</c>, goes on behind it; on a page <c>nextCursor</c> is never null.
/// </summary>
internal sealed class EventRoutes(EventPages pages)
{
    private const int DefaultLimit = 100;
    private const string Lines = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/events", (
            HttpContext context,
            EventRoutes route,
            CallerContext caller,
            [Description("Cursor to go on behind; without it, from the oldest event kept.")] string? after,
            [Description("How many, at most 1,000; of a stream, how many at a time.")] int? limit,
            [Description("Kinds of events, each by its own parameter; without it, all.")] string[]? kind,
            [Description("Id of the tenant; needed where several are in reach.")] string? tenant,
            CancellationToken cancellationToken) => route.ReadAsync(context, caller.Current, after, limit, kind, tenant, cancellationToken))
        .WithName("listEvents")
        .WithTags("Events")
        .WithSummary("Events of a tenant in commit order")
        .WithDescription("Every event once, in order, without gaps. 'Accept: application/x-ndjson' streams one event a line, each with its cursor, up to the end of the feed.")
        .Produces<EventPageAnswer>(200, "application/json", Lines)
        .ProducesProblems(400, 401, 403, 406, 429)
        .RequirePermission(Permissions.EventsRead);

    private async Task<IResult> ReadAsync(HttpContext context, Caller caller, string? after, int? limit, string[]? kinds, string? tenant, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > EventPages.MaxSize)
            throw ApiException.BadInput("limit", $"'limit' must be from 1 to {EventPages.MaxSize}.");
        var (scope, tenantId) = caller.ForTenant(tenant);
        var wanted = kinds is { Length: > 0 } ? kinds : null;
        var size = limit ?? DefaultLimit;
        // "?after=" is how a program begins that always writes the parameter.
        after = after is "" ? null : after;
        var page = await pages.ReadAsync(scope, tenantId, after, size, wanted, cancellationToken);
        if (!WantsLines(context.Request))
        {
            return Results.Json(new EventPageAnswer(
                new JsonArray([.. page.Events.Zip(page.Cursors, (feedEvent, cursor) => (JsonNode)Line(EventJson.Of(feedEvent), cursor))]),
                page.EndCursor,
                page.HasNextPage));
        }

        context.Response.ContentType = Lines;
        context.Response.Headers.CacheControl = "no-store";
        while (true)
        {
            foreach (var (feedEvent, cursor) in page.Events.Zip(page.Cursors))
            {
                await JsonSerializer.SerializeAsync(context.Response.Body, Line(EventJson.Of(feedEvent), cursor), cancellationToken: cancellationToken);
                await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }

            await context.Response.Body.FlushAsync(cancellationToken);
            if (!page.HasNextPage)
                return Results.Empty;
            page = await pages.ReadAsync(scope, tenantId, page.EndCursor, size, wanted, cancellationToken);
        }
    }

    private static JsonObject Line(JsonObject json, string cursor)
    {
        json["cursor"] = cursor;
        return json;
    }

    private static bool WantsLines(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);
}

[Description("A page of events.")]
internal sealed record EventPageAnswer(
    [property: Description("The events, each with its cursor.")] JsonArray Events,
    [property: Description("Give this as 'after' next time. Never null, also on an empty page.")] string NextCursor,
    [property: Description("There is more at this moment.")] bool HasMore);
