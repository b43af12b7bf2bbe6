using System.Text.Json;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;

namespace Platform.Api.Rest;

/// <summary>A page of events as JSON, written straight from what is stored.</summary>
internal sealed class EventPageResult(EventPage page, EventFormat format) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        EventLinks.Write(response.Headers, httpContext.Request, page.EndCursor);
        await using (var json = new Utf8JsonWriter(response.BodyWriter, EventJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            for (var i = 0; i < page.Events.Count; i++)
                EventFormats.Write(json, format, page.Events[i], page.Cursors[i]);
            json.WriteEndArray();
            json.WriteString("nextCursor", page.EndCursor);
            json.WriteBoolean("hasMore", page.HasNextPage);
            json.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
