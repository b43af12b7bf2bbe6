namespace Platform.Engine.Links;

/// <summary>Addresses in style sheets: <c>url(...)</c> and <c>@import "..."</c> (CSS Values 3, 3.4; CSS Cascade 4, 2).</summary>
internal static class CssLinks
{
    private const int MostFound = 100;
    private const int MaxLength = 4_096;

    public static IEnumerable<string> Find(string css)
    {
        var found = 0;
        for (var at = css.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0 && found < MostFound; at = css.IndexOf("url(", at + 4, StringComparison.OrdinalIgnoreCase))
        {
            var close = css.IndexOf(')', at);
            if (close < 0)
                break;
            if (close - at < MaxLength && css[(at + 4)..close].Trim().Trim('"', '\'').Trim() is { Length: > 0 } target && !target.StartsWith('#'))
            {
                found++;
                yield return target;
            }
        }

        for (var at = css.IndexOf("@import", StringComparison.OrdinalIgnoreCase); at >= 0 && found < MostFound; at = css.IndexOf("@import", at + 7, StringComparison.OrdinalIgnoreCase))
        {
            var rest = css.AsSpan(at + 7).TrimStart();
            var close = rest.Length > 1 && rest[0] is '"' or '\'' ? rest[1..].IndexOf(rest[0]) : -1;
            if (close is <= 0 or > MaxLength)
                continue;
            found++;
            yield return rest.Slice(1, close).ToString();
        }
    }
}
