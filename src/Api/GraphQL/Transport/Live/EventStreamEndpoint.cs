using System.Buffers;
using System.Text;
using GraphQL;
using Microsoft.Net.Http.Headers;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>
/// GraphQL over Server-Sent Events, distinct connections mode (PROTOCOL.md of the npm package <c>graphql-sse</c>; the stream itself is that of
/// the HTML standard, section 9.2): a request that accepts <c>text/event-stream</c> is answered by events <c>next</c>, each with one result, and an
/// event <c>complete</c>. What does not run is answered as over plain HTTP. A comment every few seconds keeps proxies from cutting the line.
/// </summary>
internal sealed class EventStreamEndpoint(LiveOperations operations, IGraphQLTextSerializer serializer, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const string MediaType = "text/event-stream";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(12);

    public static bool IsWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    /// <returns>The result of a document that did not run, which is not answered yet; null when all was said.</returns>
    public async Task<ExecutionResult?> StreamAsync(HttpContext context, ParsedRequest request, Edge.Caller caller, LiveCaller live, AllowedOperations allowed)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var results = operations.RunAsync(request, caller, live, allowed, context.TraceIdentifier, ended.Token).GetAsyncEnumerator(ended.Token);
        var coming = results.MoveNextAsync().AsTask();
        if (!context.Response.HasStarted && await FirstAsync(coming) && results.Current is { Executed: false } refused)
            return refused;

        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            while (await ComingAsync(context, coming, live))
            {
                Write(context, "next", serializer.Serialize(results.Current));
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                coming = results.MoveNextAsync().AsTask();
            }

            Write(context, "complete", "");
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The receiver has gone, as receivers of streams do, or this process stops.
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAny(coming);
        }

        return null;

        // A subscription may have nothing to say for long: what is refused is refused at once.
        async Task<bool> FirstAsync(Task<bool> first) => await Task.WhenAny(first, Task.Delay(TimeSpan.FromMilliseconds(200), time, context.RequestAborted)) == first && await first;
    }

    /// <summary>Waits for the next result with comments in between; false at the end, and when the token has expired.</summary>
    private async Task<bool> ComingAsync(HttpContext context, Task<bool> coming, LiveCaller live)
    {
        while (await Task.WhenAny(coming, Task.Delay(KeepAlive, time, context.RequestAborted)) != coming)
        {
            if (live.HasExpired)
                return false;
            context.Response.BodyWriter.Write(":\n\n"u8);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        return await coming;
    }

    // JSON in one line: a line break within it would end the field.
    private static void Write(HttpContext context, string name, string data) =>
        context.Response.BodyWriter.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n"));
}
