using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Platform.Engine.Mail.Text;

/// <summary>
/// The rules of <c>style</c> elements as far as they decide on being seen: selectors of one tag, class or id, or a tag with a
/// class. Rules inside at-rules (<c>@media</c>) are conditions on the reader's screen and are left out.
/// </summary>
internal sealed class StyleSheet
{
    private const int MaxCssLength = 256 * 1024;
    private const int MaxRules = 2_000;

    private readonly Dictionary<string, CssDeclarations> _rules = new(StringComparer.OrdinalIgnoreCase);

    public static StyleSheet Of(IHtmlDocument document)
    {
        var sheet = new StyleSheet();
        var left = MaxCssLength;
        foreach (var element in document.All)
        {
            if (left <= 0 || element is not IHtmlStyleElement)
                continue;
            var css = element.TextContent;
            css = css.Length <= left ? css : css[..left];
            left -= css.Length;
            sheet.Read(css);
        }

        return sheet;
    }

    public CssDeclarations For(IElement element)
    {
        var declarations = CssDeclarations.None;
        if (_rules.Count > 0)
        {
            declarations = Over(declarations, element.LocalName);
            foreach (var name in element.ClassList.Take(20))
            {
                declarations = Over(declarations, "." + name);
                declarations = Over(declarations, element.LocalName + "." + name);
            }

            if (element.Id is { Length: > 0 } id)
                declarations = Over(declarations, "#" + id);
        }

        return element.GetAttribute("style") is { } inline ? CssDeclarations.Parse(inline).Over(declarations) : declarations;
    }

    private CssDeclarations Over(CssDeclarations below, string selector) =>
        _rules.TryGetValue(selector, out var rule) ? rule.Over(below) : below;

    private void Read(string css)
    {
        var position = 0;
        while (position < css.Length && _rules.Count < MaxRules)
        {
            var open = css.IndexOf('{', position);
            if (open < 0)
                return;
            var selectors = Prelude(css[position..open]);
            if (selectors.StartsWith('@'))
            {
                position = SkipBlock(css, open);
                continue;
            }

            var close = css.IndexOf('}', open);
            var body = close < 0 ? css[(open + 1)..] : css[(open + 1)..close];
            position = close < 0 ? css.Length : close + 1;
            var declarations = CssDeclarations.Parse(body);
            if (declarations == CssDeclarations.None)
                continue;
            foreach (var selector in selectors.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50))
                if (IsSimple(selector))
                    _rules[selector] = _rules.TryGetValue(selector, out var below) ? declarations.Over(below) : declarations;
        }
    }

    // What stands before a block, without comments and without statements such as @import.
    private static string Prelude(string text)
    {
        var kept = new StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("/*", position, StringComparison.Ordinal);
            kept.Append(text, position, (open < 0 ? text.Length : open) - position);
            var close = open < 0 ? -1 : text.IndexOf("*/", open + 2, StringComparison.Ordinal);
            position = close < 0 ? text.Length : close + 2;
        }

        var prelude = kept.ToString();
        return prelude[(prelude.LastIndexOf(';') + 1)..].Replace("<!--", "", StringComparison.Ordinal).Trim();
    }

    private static int SkipBlock(string css, int open)
    {
        var depth = 0;
        for (var i = open; i < css.Length; i++)
        {
            if (css[i] == '{')
                depth++;
            else if (css[i] == '}' && --depth == 0)
                return i + 1;
        }

        return css.Length;
    }

    private static bool IsSimple(string selector)
    {
        var dots = 0;
        for (var i = 0; i < selector.Length; i++)
        {
            var c = selector[i];
            if (c == '.')
                dots++;
            else if (c == '#' && i > 0)
                return false;
            else if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '#'))
                return false;
        }

        return dots <= 1 && selector.Length < 200;
    }
}
