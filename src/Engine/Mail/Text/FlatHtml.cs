using System.Net;

namespace Platform.Engine.Mail.Text;

/// <param name="Links">Values of href, src and action attributes, by tag.</param>
internal sealed record FlatHtmlReading(string Text, IReadOnlyList<(string Tag, string Target)> Links);

/// <summary>Text and links of HTML that is too heavy to build a tree of: one pass over tags and text, no nesting.</summary>
internal static class FlatHtml
{
    private const int MaxTextLength = 1_000_000;
    private const int MaxLinks = 2_000;

    public static FlatHtmlReading Read(string html)
    {
        var text = new TextFlow(MaxTextLength);
        var links = new List<(string, string)>();
        var position = 0;
        while (position < html.Length && !text.IsFull)
        {
            var open = html.IndexOf('<', position);
            var run = open < 0 ? html[position..] : html[position..open];
            text.Append(WebUtility.HtmlDecode(run));
            if (open < 0)
                break;
            position = SkipMarkup(html, open, out var tag);
            Part(html, open, text);
            if (tag.Length == 0)
                continue;
            text.Append(" ");
            if (links.Count < MaxLinks)
                Collect(tag, links);
            if (tag.StartsWith("script", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("style", StringComparison.OrdinalIgnoreCase))
                position = SkipTo(html, position, tag.StartsWith("script", StringComparison.OrdinalIgnoreCase) ? "</script" : "</style");
        }

        return new FlatHtmlReading(text.ToString(), links);
    }

    // Rows and cells by the tags that open them, since closing ones may be left out.
    private static void Part(string html, int open, TextFlow text)
    {
        var at = open + 1;
        var end = at;
        while (end < html.Length && end - at < 5 && char.IsAsciiLetterOrDigit(html[end]))
            end++;
        var name = html.AsSpan(at, end - at);
        if (Is(name, "tr") || Is(name, "table"))
            text.BreakRow();
        else if (Is(name, "td") || Is(name, "th"))
            text.BeginCell();
        else if (Is(name, "p") || Is(name, "div") || Is(name, "br") || Is(name, "li") || Is(name, "h1") || Is(name, "h2") || Is(name, "h3") || Is(name, "dt") || Is(name, "dd"))
            text.Break();

        static bool Is(ReadOnlySpan<char> name, string tag) => name.Equals(tag, StringComparison.OrdinalIgnoreCase);
    }

    // Returns the offset after the tag or comment that opens here.
    private static int SkipMarkup(string html, int open, out string tag)
    {
        tag = "";
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0)
        {
            var end = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }

        var close = html.IndexOf('>', open);
        if (close < 0)
            return html.Length;
        if (open + 1 < html.Length && char.IsAsciiLetter(html[open + 1]))
            tag = html.Substring(open + 1, Math.Min(close - open - 1, 4_096));
        return close + 1;
    }

    private static int SkipTo(string html, int position, string end)
    {
        var found = html.IndexOf(end, position, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found;
    }

    private static void Collect(string tag, List<(string Tag, string Target)> links)
    {
        var nameEnd = tag.IndexOfAny([' ', '\t', '\r', '\n', '/']);
        if (nameEnd <= 0)
            return;
        foreach (var attribute in (string[])["href", "src", "action"])
        {
            var at = tag.IndexOf(attribute, nameEnd, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || !char.IsWhiteSpace(tag[at - 1]))
                continue;
            var value = tag.AsSpan(at + attribute.Length).TrimStart();
            if (value.IsEmpty || value[0] != '=')
                continue;
            value = value[1..].TrimStart();
            var end = value.IsEmpty ? -1 : value[0] is '"' or '\'' ? value[1..].IndexOf(value[0]) : value.IndexOfAny(" \t\r\n");
            var target = value.IsEmpty ? "" : value[0] is '"' or '\'' ? (end < 0 ? value[1..] : value.Slice(1, end)).ToString() : (end < 0 ? value : value[..end]).ToString();
            if (target.Length > 0)
                links.Add((tag[..nameEnd].ToLowerInvariant(), WebUtility.HtmlDecode(target).Trim()));
        }
    }
}
