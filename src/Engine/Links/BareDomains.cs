using System.Buffers;

namespace Platform.Engine.Links;

/// <summary>
/// Addresses in text without a scheme, as people type them into a browser: <c>example.com/path</c>. Only a name below a
/// real public suffix counts, and only with a path: names alone stand in any signature, and are files as often as hosts.
/// </summary>
internal static class BareDomains
{
    private const int MaxLength = 2_048;
    private const int MostFound = 200;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-[]");
    private static readonly SearchValues<char> PathEnds = SearchValues.Create(" \t\r\n<>\"'`{}|^、。，）」』】　");

    public static IEnumerable<string> Find(string text)
    {
        var found = 0;
        for (var slash = text.IndexOf('/'); slash >= 0 && found < MostFound; slash = slash + 1 < text.Length ? text.IndexOf('/', slash + 1) : -1)
        {
            if (Start(text, slash) is not (>= 0 and var start))
                continue;
            var end = End(text, slash);
            if (end - slash > 1)
            {
                found++;
                yield return text[start..end];
            }

            slash = end - 1;
        }
    }

    // Where the host name before the slash begins; -1 when there is none.
    private static int Start(string text, int slash)
    {
        var from = Math.Max(0, slash - 253);
        var start = from + text.AsSpan(from, slash - from).LastIndexOfAnyExcept(NameCharacters) + 1;
        if (slash - start < 4 || start > 0 && text[start - 1] is '/' or '@' or '\\' or '_' or '%' or '=' or '&' or ':')
            return -1;
        var host = text.AsSpan(start, slash - start);
        if (host.Contains('[') && !host.Contains("[.]", StringComparison.Ordinal) || !host.Contains('.') || host.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return -1;
        var name = host.ToString().Replace("[.]", ".", StringComparison.Ordinal);
        var suffix = name.AsSpan(name.LastIndexOf('.') + 1);
        return suffix.Length >= 2 && char.IsAsciiLetter(name[^1]) && !IsFileSuffix(suffix) && OrganisationalDomain.Embedded.HasKnownSuffix(name) && OrganisationalDomain.Embedded.Of(name).Length > 0 ? start : -1;
    }

    private static int End(string text, int slash)
    {
        var length = text.AsSpan(slash, Math.Min(MaxLength, text.Length - slash)).IndexOfAny(PathEnds);
        var end = length < 0 ? Math.Min(text.Length, slash + MaxLength) : slash + length;
        while (end > slash && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']')
            end--;
        return end;
    }

    // "main.py/main.rs", "setup.sh/install": file names whose ending is a top-level domain too.
    private static bool IsFileSuffix(ReadOnlySpan<char> suffix) => suffix is "py" or "rs" or "sh" or "md" or "pl" or "ps" or "cc" or "so" or "mk" or "pm" or "la" or "zip" or "mov" or "app" or "am" or "in" or "ml";
}
