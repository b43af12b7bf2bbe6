using System.Buffers;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;

namespace Platform.Api.Rest;

/// <summary>
/// Events as lines (NDJSON), one JSON text and a line feed each. The next page is read while one is written, and no page is read
/// that the receiver has no room for: the response's own flow control holds the loop.
/// </summary>
/// <param name="next">Reads on behind a cursor; null where the first page is all.</param>
internal sealed class EventStream(EventPage first, EventFormat format, Func<string, CancellationToken, Task<EventPage>>? next) : IResult
{
    public const string MediaType = "application/x-ndjson";

    private const int FlushAt = 64 * 1024;

    public static bool IsWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response, aborted) = (httpContext.Request, httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // The end of a stream without one is not known yet: there each line's cursor says where to go on.
        if (next is null)
            EventLinks.Write(response.Headers, request, first.EndCursor);
        using var json = new Utf8JsonWriter(response.BodyWriter, EventJson.WriterOptions);
        for (var page = first; ;)
        {
            var coming = page.HasNextPage && next is not null ? next(page.EndCursor, aborted) : null;
            await WriteAsync(response, json, page, coming, aborted);
            if (coming is null)
                return;
            page = await coming;
        }
    }

    private async Task WriteAsync(HttpResponse response, Utf8JsonWriter json, EventPage page, Task<EventPage>? coming, CancellationToken aborted)
    {
        try
        {
            for (var i = 0; i < page.Events.Count; i++)
            {
                json.Reset();
                EventFormats.Write(json, format, page.Events[i], page.Cursors[i]);
                json.Flush();
                response.BodyWriter.Write("\n"u8);
                if (response.BodyWriter.UnflushedBytes >= FlushAt)
                    await response.BodyWriter.FlushAsync(aborted);
            }

            await response.BodyWriter.FlushAsync(aborted);
        }
        catch when (coming is not null)
        {
            await coming.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }
}
