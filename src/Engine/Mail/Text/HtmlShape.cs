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
    private const int MaxTags = 40_000;
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

    // What stands in them is text whatever it looks like (HTML, 13.2.5.2 to 5), but not inside of SVG and MathML.
    private static readonly HashSet<string> Raw = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea", "title" };

    /// <summary>Null when the document is safe to parse, else the reason why not.</summary>
    public static string? TooHeavy(string html)
    {
        if (html.Length > MaxLength)
            return "length";
        int depth = 0, unclosed = 0, tags = 0, position = 0;
        var foreign = false;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            if (open < 0 || open + 1 >= html.Length)
                break;
            position = open + 1;
            if (html.AsSpan(position).StartsWith("!--", StringComparison.Ordinal))
            {
                position = AfterComment(html, position + 1);
                continue;
            }

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
            foreign |= name.Equals("svg", StringComparison.OrdinalIgnoreCase) || name.Equals("math", StringComparison.OrdinalIgnoreCase);
            if (!closing && !foreign && Raw.Contains(name))
                position = AtEndOf(html, position, name);
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

    // Never later than a parser: a comment ends at the first of its ends, also right after its start.
    private static int AfterComment(string html, int position)
    {
        for (var at = html.IndexOf("--", position, StringComparison.Ordinal); at >= 0; at = html.IndexOf("--", at + 1, StringComparison.Ordinal))
        {
            var rest = html.AsSpan(at + 2);
            if (rest.StartsWith(">", StringComparison.Ordinal))
                return at + 3;
            if (rest.StartsWith("!>", StringComparison.Ordinal))
                return at + 4;
        }

        return html.Length;
    }

    private static int AtEndOf(string html, int position, string name)
    {
        var end = html.IndexOf($"</{name}", position, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }

    // The attribute states of the tokenizer (HTML, 13.2.5.32 to 39): a quote counts only where a value begins.
    private static int SkipTag(string html, int position, out int attributes)
    {
        attributes = 0;
        var state = State.BeforeName;
        for (; position < html.Length; position++)
        {
            var c = html[position];
            if (state is State.DoubleQuoted or State.SingleQuoted)
            {
                if (c == (state == State.DoubleQuoted ? '"' : '\''))
                    state = State.BeforeName;
                continue;
            }

            if (c == '>')
                return position + 1;
            var space = c is ' ' or '\t' or '\r' or '\n' or '\f';
            switch (state)
            {
                case State.BeforeName when !space && c != '/':
                    attributes++;
                    state = State.Name;
                    break;
                case State.Name when c == '=':
                    state = State.BeforeValue;
                    break;
                case State.Name when space:
                    state = State.AfterName;
                    break;
                case State.Name when c == '/':
                    state = State.BeforeName;
                    break;
                case State.AfterName when c == '=':
                    state = State.BeforeValue;
                    break;
                case State.AfterName when !space:
                    attributes++;
                    state = c == '/' ? State.BeforeName : State.Name;
                    break;
                case State.BeforeValue when !space:
                    state = c switch { '"' => State.DoubleQuoted, '\'' => State.SingleQuoted, _ => State.Unquoted };
                    break;
                case State.Unquoted when space:
                    state = State.BeforeName;
                    break;
            }
        }

        return position;
    }

    private enum State
    {
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        DoubleQuoted,
        SingleQuoted,
        Unquoted,
    }
}
