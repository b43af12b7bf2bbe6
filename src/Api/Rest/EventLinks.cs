using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Platform.Api.Rest;

/// <summary>Where to go on: <c>X-Next-Cursor</c>, and <c>Link</c> with rel="next" (RFC 8288) to the same question behind it.</summary>
internal static class EventLinks
{
    private const string CursorName = "X-Next-Cursor";
    private const string LinkName = "Link";

    public static void Write(IHeaderDictionary headers, HttpRequest request, string cursor)
    {
        headers[CursorName] = cursor;
        headers[LinkName] = Link(request, cursor);
    }

    private static string Link(HttpRequest request, string cursor)
    {
        var query = request.Query.Where(pair => !pair.Key.Equals("after", StringComparison.OrdinalIgnoreCase)).Append(new KeyValuePair<string, StringValues>("after", cursor));
        return $"<{QueryHelpers.AddQueryString(request.PathBase + request.Path, query)}>; rel=\"next\"";
    }
}
