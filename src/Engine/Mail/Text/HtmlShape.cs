using System.Buffers;

namespace Platform.Engine.Mail.Text;

/// <summary>
/// Looks over HTML before a real parser builds a tree of it. Tree building costs more than linear time on deep nesting, on
/// formatting elements never closed, on tags with thousands of attributes and on text inside tables; no honest mail has them.
/// </summary>
internal static class HtmlShape
{
    public const int MaxLength = 2_000_000;
    private const int MaxDepth = 300;
    private const int MaxTags = 60_000;
    private const int MaxUnclosed = 4_000;
    private const int MaxAttributes = 400;
    private static readonly SearchValues<char> TagEnd = SearchValues.Create(" \t\r\n\f/>");

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen", "link", "meta", "param",
        "source", "track", "wbr",
    };

    // Elements whose end tag may be left out (HTML, 13.1.2.4): honest mail leaves many open, a hostile one nests them.
    private static readonly HashSet<string> EndOmitted = new(StringComparer.OrdinalIgnoreCase)
    {
        "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
    };

    /// <summary>Null when the document is safe to parse, else the reason why not.</summary>
    public static string? TooHeavy(string html)
    {
        if (html.Length > MaxLength)
            return "length";
        int depth = 0, unclosed = 0, tags = 0, position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            if (open < 0 || open + 1 >= html.Length)
                break;
            position = open + 1;
            var closing = html[position] == '/';
            if (closing)
                position++;
            if (position >= html.Length || !char.IsAsciiLetter(html[position]))
                continue;
            if (++tags > MaxTags)
                return "tags";
            var nameLength = html.AsSpan(position).IndexOfAny(TagEnd);
            var name = nameLength < 0 ? html[position..] : html.Substring(position, Math.Min(nameLength, 40));
            position = SkipTag(html, position + (nameLength < 0 ? name.Length : nameLength), out var attributes);
            if (attributes > MaxAttributes)
                return "attributes";
            if (Void.Contains(name))
                continue;
            if (EndOmitted.Contains(name))
                unclosed = Math.Max(0, unclosed + (closing ? -1 : 1));
            else
                depth = Math.Max(0, depth + (closing ? -1 : 1));
            if (depth > MaxDepth || unclosed > MaxUnclosed)
                return "depth";
        }

        return null;
    }

    private static int SkipTag(string html, int position, out int attributes)
    {
        attributes = 0;
        var quote = '\0';
        var inToken = false;
        for (; position < html.Length; position++)
        {
            var c = html[position];
            if (quote != '\0')
            {
                if (c == quote)
                    (quote, inToken) = ('\0', false);
                continue;
            }

            if (c == '>')
                return position + 1;
            if (c is '"' or '\'' && html[position - 1] == '=')
            {
                quote = c;
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '/')
            {
                inToken = false;
            }
            else if (!inToken)
            {
                inToken = true;
                attributes++;
            }
        }

        return position;
    }
}
