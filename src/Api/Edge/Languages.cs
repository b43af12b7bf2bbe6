namespace Platform.Api.Edge;

/// <summary>The languages of sentences for people, and which one a request prefers (RFC 9110, section 12.5.4).</summary>
internal static class Languages
{
    public const string Japanese = "ja";
    public const string English = "en";

    public static string Choose(HttpRequest request)
    {
        var preferred = request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1);
        foreach (var range in preferred)
        {
            var value = range.Value.AsSpan();
            if (value.StartsWith(Japanese, StringComparison.OrdinalIgnoreCase))
                return Japanese;
            if (value.StartsWith(English, StringComparison.OrdinalIgnoreCase))
                return English;
        }

        return English;
    }
}
