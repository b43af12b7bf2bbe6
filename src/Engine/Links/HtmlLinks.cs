using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Links;

/// <summary>Links of an HTML document: what a click, a form, a load or a refresh would open.</summary>
internal static class HtmlLinks
{
    private const int MostComments = 200;
    private const int LongestComment = 65_536;

    public static void Collect(IHtmlDocument document, string path, bool attachment, List<MailLink> links, int maxLinks)
    {
        Uri? baseUri = null;
        foreach (var element in document.All)
        {
            if (links.Count >= maxLinks)
                return;
            if (baseUri is null && element.LocalName == "base" && element.GetAttribute("href") is { } href)
            {
                baseUri = LinkTarget.Resolve(href, null);
                continue;
            }

            foreach (var (kind, target, text) in Targets(element))
                if (!string.IsNullOrWhiteSpace(target) && links.Count < maxLinks)
                    links.Add(LinkTarget.Make(attachment && !IsLoaded(kind, element) ? LinkKind.Attachment : kind, target, baseUri, text, path));
        }

        CollectConditional(document, path, attachment, links, maxLinks);
    }

    // Pictures and libraries are fetched for the page, nobody is led to them.
    private static bool IsLoaded(LinkKind kind, IElement element) => kind == LinkKind.Image || kind == LinkKind.Script && element.LocalName == "script";

    // Outlook reads what others take for a comment: <!--[if mso]> <v:roundrect href="..."> <![endif]-->
    private static void CollectConditional(IHtmlDocument document, string path, bool attachment, List<MailLink> links, int maxLinks)
    {
        HashSet<string>? known = null;
        foreach (var comment in document.Descendants<IComment>().Take(MostComments))
        {
            if (!comment.Data.StartsWith("[if", StringComparison.OrdinalIgnoreCase) || comment.Data.Length > LongestComment || !comment.Data.Contains("http", StringComparison.OrdinalIgnoreCase))
                continue;
            known ??= [.. links.Select(link => link.Target)];
            foreach (var (tag, target) in FlatHtml.Read(comment.Data).Links)
                if (links.Count < maxLinks && known.Add(target))
                    links.Add(LinkTarget.Make(attachment ? LinkKind.Attachment : KindOf(tag), target, null, "", path));
        }
    }

    public static void CollectFlat(FlatHtmlReading flat, string path, List<MailLink> links, int maxLinks)
    {
        foreach (var (tag, target) in flat.Links)
        {
            if (links.Count >= maxLinks)
                return;
            links.Add(LinkTarget.Make(KindOf(tag), target, null, "", path));
        }
    }

    private static LinkKind KindOf(string tag) => tag switch
    {
        "form" => LinkKind.Form,
        "img" or "image" or "input" or "v:fill" or "v:image" or "v:imagedata" or "link" => LinkKind.Image,
        "area" => LinkKind.Area,
        "script" or "iframe" or "frame" or "embed" or "object" => LinkKind.Script,
        _ => LinkKind.Anchor,
    };

    private static IEnumerable<(LinkKind Kind, string? Target, string Text)> Targets(IElement element)
    {
        foreach (var url in Styled(element))
            yield return (LinkKind.Image, url, "");
        switch (element.LocalName)
        {
            case "a":
                yield return (LinkKind.Anchor, element.GetAttribute("href") ?? element.GetAttribute("xlink:href"), Shown(element));
                break;
            case "area":
                yield return (LinkKind.Area, element.GetAttribute("href"), element.GetAttribute("alt") ?? "");
                break;
            case "form":
                yield return (LinkKind.Form, element.GetAttribute("action"), "");
                break;
            case "button" or "input" when element.HasAttribute("formaction"):
                yield return (LinkKind.Form, element.GetAttribute("formaction"), "");
                break;
            case "img" or "image" or "input":
                yield return (LinkKind.Image, element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("xlink:href"), "");
                break;
            case "body" or "table" or "td" when element.HasAttribute("background"):
                yield return (LinkKind.Image, element.GetAttribute("background"), "");
                break;
            case "script" or "iframe" or "frame" or "embed":
                yield return (LinkKind.Script, element.GetAttribute("src"), "");
                if (element.GetAttribute("srcdoc") is { Length: > 0 } inner)
                    foreach (var url in TextLinks.Find(inner).Take(20))
                        yield return (LinkKind.Anchor, url, "");
                break;
            case "style":
                foreach (var url in CssLinks.Find(element.TextContent))
                    yield return (LinkKind.Image, url, "");
                break;
            case "object":
                yield return (LinkKind.Script, element.GetAttribute("data"), "");
                break;
            case "meta" when "refresh".Equals(element.GetAttribute("http-equiv"), StringComparison.OrdinalIgnoreCase):
                yield return (LinkKind.Anchor, RefreshTarget(element.GetAttribute("content") ?? ""), "");
                break;
        }
    }

    // What a style draws in or loads.
    private static IEnumerable<string> Styled(IElement element) =>
        element.GetAttribute("style") is { } style && style.Contains("url", StringComparison.OrdinalIgnoreCase) ? CssLinks.Find(style) : [];

    private static string Shown(IElement anchor)
    {
        var text = new TextFlow(1_000);
        var pending = new Stack<INode>();
        pending.Push(anchor);
        while (!text.IsFull && pending.TryPop(out var node))
        {
            if (node is IText run)
                text.Append(run.Data);
            else if (node is IElement { LocalName: "style" or "script" })
                continue;
            for (var i = node.ChildNodes.Length - 1; i >= 0; i--)
                pending.Push(node.ChildNodes[i]);
        }

        return text.ToString();
    }

    // "5; url='https://...'" (HTML, 4.2.5.3).
    private static string? RefreshTarget(string content)
    {
        var at = content.IndexOf("url", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var rest = content[(at + 3)..].TrimStart();
        return rest.StartsWith('=') ? rest[1..].Trim().Trim('"', '\'') : null;
    }
}
