using System.Net;

namespace Platform.Engine.Attachments.Pages;

/// <param name="Name">Lower case, without a prefix: <c>svg:script</c> is <c>script</c>.</param>
/// <param name="Attributes">Names in lower case, values with entities resolved, in their order.</param>
/// <param name="Content">Text up to the end tag, of elements whose content is no markup (script, style, textarea, title); else empty.</param>
internal sealed record MarkupTag(string Name, IReadOnlyList<(string Name, string Value)> Attributes, string Content)
{
    /// <summary>Null when it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var attribute in Attributes)
                if (attribute.Name == name)
                    return attribute.Value;
            return null;
        }
    }
}

/// <summary>
/// Start tags of HTML, SVG and XML in one pass (WHATWG HTML 13.2.5, the states that matter): attributes with or without quotes,
/// raw text elements, comments, CDATA sections. No tree is built, so nothing in the input can make it deep or slow.
/// </summary>
internal static class MarkupScanner
{
    private const int MaxTags = 60_000;
    private const int MaxAttributes = 120;

    /// <param name="isXml">SVG, HTA parts and script components: script content has entities and CDATA sections.</param>
    public static IEnumerable<MarkupTag> Tags(string text, bool isXml)
    {
        var at = 0;
        for (var count = 0; count < MaxTags && at < text.Length;)
        {
            at = text.IndexOf('<', at);
            if (at < 0 || at + 1 >= text.Length)
                yield break;
            if (text[at + 1] is '!' or '?' or '/')
            {
                at = AfterDeclaration(text, at);
                continue;
            }

            if (!char.IsAsciiLetter(text[at + 1]))
            {
                at++;
                continue;
            }

            count++;
            var (name, attributes, closed) = ReadTag(text, ref at);
            var content = "";
            if (!closed && name is "script" or "style" or "textarea" or "title" or "xmp" or "noembed")
            {
                var end = EndTag(text, at, name);
                content = text[at..end];
                if (isXml)
                    content = WithoutCdata(content);
                at = end;
            }

            yield return new MarkupTag(name, attributes, content);
        }
    }

    private static int AfterDeclaration(string text, int at)
    {
        var (start, end) = string.CompareOrdinal(text, at, "<!--", 0, 4) == 0 ? (4, "-->") : string.CompareOrdinal(text, at, "<![CDATA[", 0, 9) == 0 ? (9, "]]>") : (2, ">");
        var close = at + start <= text.Length ? text.IndexOf(end, at + start, StringComparison.Ordinal) : -1;
        return close < 0 ? text.Length : close + end.Length;
    }

    private static (string Name, List<(string, string)> Attributes, bool Closed) ReadTag(string text, ref int at)
    {
        var start = ++at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '/'))
            at++;
        var name = text[start..Math.Min(at, start + 64)].ToLowerInvariant();
        name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        List<(string, string)> attributes = [];
        var closed = false;
        while (at < text.Length && text[at] != '>')
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '/')
            {
                closed = text[at] == '/' && at + 1 < text.Length && text[at + 1] == '>';
                at++;
                continue;
            }

            var attribute = ReadAttribute(text, ref at);
            if (attributes.Count < MaxAttributes)
                attributes.Add(attribute);
        }

        at = Math.Min(text.Length, at + 1);
        return (name, attributes, closed);
    }

    private static (string Name, string Value) ReadAttribute(string text, ref int at)
    {
        var start = at++;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '/'))
            at++;
        var name = text[start..at].ToLowerInvariant();
        var after = at;
        while (after < text.Length && char.IsWhiteSpace(text[after]))
            after++;
        if (after >= text.Length || text[after] != '=')
            return (name, "");
        at = after + 1;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        if (at >= text.Length)
            return (name, "");
        int valueStart, valueEnd;
        if (text[at] is '"' or '\'')
        {
            valueStart = at + 1;
            valueEnd = text.IndexOf(text[at], valueStart);
            valueEnd = valueEnd < 0 ? text.Length : valueEnd;
            at = Math.Min(text.Length, valueEnd + 1);
        }
        else
        {
            valueStart = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '>')
                at++;
            valueEnd = at;
        }

        var value = text[valueStart..valueEnd];
        return (name, value.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(value) : value);
    }

    private static int EndTag(string text, int at, string name)
    {
        for (var end = at; ;)
        {
            end = text.IndexOf("</", end, StringComparison.Ordinal);
            if (end < 0)
                return text.Length;
            var colon = text.AsSpan(end + 2, Math.Min(24, text.Length - end - 2)).IndexOf(':');
            if (string.Compare(text, end + 2, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                || colon > 0 && string.Compare(text, end + 3 + colon, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return end;
            end += 2;
        }
    }

    private static string WithoutCdata(string content)
    {
        if (!content.Contains("<![CDATA[", StringComparison.Ordinal))
            return content.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(content) : content;
        return content.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
    }
}
