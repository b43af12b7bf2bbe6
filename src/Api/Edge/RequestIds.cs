using System.Diagnostics;

namespace Platform.Api.Edge;

/// <summary>
/// Gives every request of the API an id: the caller's <c>X-Request-Id</c> where it is sane, else that of the trace (W3C Trace Context: a
/// <c>traceparent</c> that came with the request is followed). It stands in the answer's field of that name, in problem details and GraphQL
/// errors as <c>requestId</c>, and in every line of the log.
/// </summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public const string Header = "X-Request-Id";
    public const string Member = "requestId";
    private const int MaxLength = 128;

    public async Task InvokeAsync(HttpContext context)
    {
        var id = Sane(context.Request.Headers[Header]) ?? Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("n");
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        using (logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) }))
            await next(context);
    }

    /// <summary>The id as given where it can stand in a header, a log and a page as it is: letters, digits and <c>. _ : - +/=</c>; else null.</summary>
    internal static string? Sane(string? given) =>
        given is { Length: > 0 and <= MaxLength } && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-' or '+' or '/' or '=') ? given : null;
}
