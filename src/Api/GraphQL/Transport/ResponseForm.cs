using Microsoft.Net.Http.Headers;

namespace Platform.Api.GraphQL.Transport;

/// <summary>The two media types a result may have, and which one a request asks for (RFC 9110, section 12.5.1).</summary>
internal sealed record ResponseForm(string MediaType)
{
    public static ResponseForm GraphQLResponse { get; } = new("application/graphql-response+json");

    public static ResponseForm Json { get; } = new("application/json");

    public string ContentType => MediaType + "; charset=utf-8";

    /// <summary>Null when nothing acceptable can be given.</summary>
    public static ResponseForm? Choose(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
            return Json;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
            return null;
        foreach (var range in ranges.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1))
        {
            if (!IsUtf8(range))
                continue;
            if (range.MediaType.Equals(GraphQLResponse.MediaType, StringComparison.OrdinalIgnoreCase))
                return GraphQLResponse;
            if (range.MediaType.Equals(Json.MediaType, StringComparison.OrdinalIgnoreCase) || range.MatchesAllTypes
                || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)))
                return Json;
        }

        return null;
    }

    private static bool IsUtf8(MediaTypeHeaderValue range) =>
        !range.Charset.HasValue || range.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || range.Charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
