using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Platform.Engine.Preview;

/// <summary>
/// Rebuilds HTML from a parsed tree by an allow-list, so that an administrator can look at a hostile mail. Nothing of the
/// input is copied as markup: elements of the HTML namespace on the list are written anew, text and values escaped,
/// everything else is unwrapped or dropped. The output holds no raw-text element, no foreign content (SVG, MathML), no
/// form, no URL but data: images of the mail, and no style that moves, hides, colours or loads; so a second parse can make
/// nothing else of it.
/// </summary>
/// <param name="inlineImage">A data: URL for a picture of the mail's own; null for any other.</param>
/// <param name="followsLinks">Links to pages and addresses work, in a window of their own that learns nothing of this one; else they only say where they lead.</param>
internal sealed class HtmlSanitizer(Func<string, string?> inlineImage, bool followsLinks = false)
{
    private const int MaxOutput = 2_000_000;
    private const int MaxValue = 2_000;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "a", "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt",
        "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "wbr",
    };

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "applet", "audio", "base", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link", "math", "meta", "noembed",
        "noframes", "noscript", "object", "param", "plaintext", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
    };

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "br", "col", "hr", "wbr" };

    private readonly StringBuilder _output = new();

    /// <summary>The safe fragment of one document.</summary>
    public string Sanitize(IHtmlDocument document)
    {
        var pending = new Stack<(INode Node, string? End)>();
        Push(pending, document.Body);
        while (pending.TryPop(out var step) && _output.Length < MaxOutput)
        {
            if (step.End is { } end)
                _output.Append("</").Append(end).Append('>');
            else if (step.Node is IText text)
                Escape(text.Data, text.Data.Length);
            else if (step.Node is IElement element)
                Write(element, pending);
        }

        // Cut short: what is open is closed.
        foreach (var (_, end) in pending)
            if (end is not null)
                _output.Append("</").Append(end).Append('>');
        return _output.ToString();
    }

    /// <summary>Plain text as a fragment.</summary>
    public static string FromText(string text)
    {
        var sanitizer = new HtmlSanitizer(_ => null);
        sanitizer._output.Append("<pre>");
        sanitizer.Escape(text, MaxOutput);
        return sanitizer._output.Append("</pre>").ToString();
    }

    private void Write(IElement element, Stack<(INode, string?)> pending)
    {
        var name = element.LocalName;
        if (element.NamespaceUri != NamespaceNames.HtmlUri || Dropped.Contains(name))
            return;
        if (name is "img" or "image")
        {
            WriteImage(element);
            return;
        }

        if (!Kept.Contains(name))
        {
            Push(pending, element);
            return;
        }

        _output.Append('<').Append(name);
        if (name == "a" && element.GetAttribute("href") is { Length: > 0 } href)
            WriteLink(href.Trim());
        WriteAttributes(element);
        _output.Append('>');
        if (Void.Contains(name))
            return;
        pending.Push((element, name));
        Push(pending, element);
    }

    private void WriteLink(string target)
    {
        if (followsLinks && target.Length <= MaxValue && Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto")
        {
            Attribute("href", uri.AbsoluteUri);
            Attribute("target", "_blank");
            Attribute("rel", "noopener noreferrer nofollow");
        }
        else
        {
            Attribute("data-href", target);
        }
    }

    private void WriteImage(IElement image)
    {
        var source = image.GetAttribute("src")?.Trim() ?? "";
        var alternative = image.GetAttribute("alt") ?? "";
        if (inlineImage(source) is { } data)
        {
            _output.Append("<img src=\"").Append(data).Append('"');
            Attribute("alt", alternative);
            Number(image, "width", 2_000);
            Number(image, "height", 2_000);
            _output.Append('>');
            return;
        }

        _output.Append("<span class=\"blocked-image\"");
        Attribute("data-src", source);
        _output.Append('>');
        Escape(alternative, MaxValue);
        _output.Append("</span>");
    }

    private void WriteAttributes(IElement element)
    {
        if (element.GetAttribute("dir") is "rtl" or "ltr")
            Attribute("dir", element.GetAttribute("dir")!);
        if (element.GetAttribute("align") is { } align && align.ToLowerInvariant() is "left" or "right" or "center" or "justify")
            Attribute("align", align.ToLowerInvariant());
        Number(element, "colspan", 100);
        Number(element, "rowspan", 1_000);
        Number(element, "border", 10);
        Number(element, "cellpadding", 50);
        Number(element, "cellspacing", 50);
        if (SafeStyle.Filter(element.GetAttribute("style")) is { Length: > 0 } style)
            Attribute("style", style);
    }

    private void Number(IElement element, string name, int highest)
    {
        if (int.TryParse(element.GetAttribute(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= highest)
            _output.Append(' ').Append(name).Append("=\"").Append(number).Append('"');
    }

    private void Attribute(string name, string value)
    {
        _output.Append(' ').Append(name).Append("=\"");
        Escape(value, MaxValue);
        _output.Append('"');
    }

    private void Escape(string text, int maxLength)
    {
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, maxLength)))
        {
            switch (c)
            {
                case '<':
                    _output.Append("&lt;");
                    break;
                case '>':
                    _output.Append("&gt;");
                    break;
                case '&':
                    _output.Append("&amp;");
                    break;
                case '"':
                    _output.Append("&quot;");
                    break;
                case '\'':
                    _output.Append("&#39;");
                    break;
                case '`':
                    _output.Append("&#96;");
                    break;
                case < ' ' and not ('\n' or '\t' or '\r'):
                    break;
                default:
                    _output.Append(c);
                    break;
            }
        }
    }

    private static void Push(Stack<(INode, string?)> pending, INode? parent)
    {
        if (parent is null)
            return;

        // By index: the tree finds a sibling only by searching all of them.
        for (var i = parent.ChildNodes.Length - 1; i >= 0; i--)
            pending.Push((parent.ChildNodes[i], null));
    }
}
