using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Platform.Engine.Mail.Text;

/// <summary>
/// The text of an HTML body, told apart by whether a person sees it. Walks the tree without recursion, carrying what
/// children inherit (CSS 2.2, 6.2): visibility, font size and colour can be set back by a child; display, opacity,
/// position and collapsed boxes cannot.
/// </summary>
internal static class HtmlText
{
    private const int MaxTextLength = 1_000_000;

    private static readonly HashSet<string> NotShown = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "head", "title", "template", "meta", "link", "datalist", "iframe", "noembed", "noframes", "object", "audio", "video", "canvas", "svg",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
        "thead", "tr", "ul", "option", "legend",
    };

    public static (string Visible, string Hidden) Read(IHtmlDocument document)
    {
        var sheet = StyleSheet.Of(document);
        var visible = new TextFlow(MaxTextLength);
        var hidden = new TextFlow(MaxTextLength);
        var pending = new Stack<Step>();
        if (document.DocumentElement is { } root)
            pending.Push(new Step(root, Seen.Initial, Leaving: false));
        while (pending.TryPop(out var step))
        {
            if (step.Node is IText text)
            {
                (step.Seen.IsVisible ? visible : hidden).Append(text.Data);
                continue;
            }

            if (step.Node is not IElement element)
                continue;
            var block = Blocks.Contains(element.LocalName);
            if (step.Leaving)
            {
                BreakAfter(element.LocalName);
                continue;
            }

            if (NotShown.Contains(element.LocalName))
                continue;
            var seen = step.Seen.Inside(element, sheet.For(element));
            if (IsRow(element.LocalName))
                BreakRow();
            else if (block || element.LocalName == "br")
                Break();
            if (block || element.LocalName is "td" or "th")
                pending.Push(step with { Leaving = true });
            var children = element.ChildNodes;
            for (var i = children.Length - 1; i >= 0; i--)
                pending.Push(new Step(children[i], seen, Leaving: false));
        }

        return (visible.ToString(), hidden.ToString());

        void Break()
        {
            visible.Break();
            hidden.Break();
        }

        void BreakRow()
        {
            visible.BreakRow();
            hidden.BreakRow();
        }

        void BreakAfter(string name)
        {
            if (name is "td" or "th")
                visible.EndCell();
            else if (IsRow(name))
                BreakRow();
            else
                Break();
        }
    }

    private static bool IsRow(string name) => name is "tr" or "table" or "tbody" or "thead" or "tfoot";

    private readonly record struct Step(INode Node, Seen Seen, bool Leaving);

    private readonly record struct Seen(bool Removed, bool Invisible, double FontSize, CssColor Color, CssColor Background)
    {
        public static Seen Initial { get; } = new(false, false, 16, CssColor.Black, CssColor.White);

        public bool IsVisible => !Removed && !Invisible && FontSize > 1.5 && !Color.Transparent && !Color.IsLike(Background);

        public Seen Inside(IElement element, CssDeclarations css)
        {
            var removed = Removed || css.DisplayNone == true || css.Opacity is < 0.05 || css.OffScreen || css.Collapsed || element.HasAttribute("hidden");
            var color = css.Color ?? Attribute(element, element.LocalName is "font" ? "color" : element.LocalName is "body" ? "text" : null) ?? Color;
            var background = css.Background ?? Attribute(element, "bgcolor");
            return new Seen(
                removed,
                css.VisibilityHidden ?? Invisible,
                css.FontSize ?? FontSize,
                color,
                background is { Transparent: false } ground ? ground : Background);
        }

        private static CssColor? Attribute(IElement element, string? name) =>
            name is not null && element.GetAttribute(name) is { } value ? CssColor.Parse(value) : null;
    }
}
