using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Links;

/// <summary>Links of an HTML document: what a click, a form, a load or a refresh would open.</summary>
internal static class HtmlLinks
{
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
                    links.Add(LinkTarget.Make(attachment ? LinkKind.Attachment : kind, target, baseUri, text, path));
        }
    }

    public static void CollectFlat(FlatHtmlReading flat, string path, List<MailLink> links, int maxLinks)
    {
        foreach (var (tag, target) in flat.Links)
        {
            if (links.Count >= maxLinks)
                return;
            var kind = tag switch
            {
                "form" => LinkKind.Form,
                "img" or "image" or "input" => LinkKind.Image,
                "area" => LinkKind.Area,
                "script" or "iframe" or "frame" or "embed" or "object" => LinkKind.Script,
                _ => LinkKind.Anchor,
            };
            links.Add(LinkTarget.Make(kind, target, null, "", path));
        }
    }

    private static IEnumerable<(LinkKind Kind, string? Target, string Text)> Targets(IElement element)
    {
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
                break;
            case "object":
                yield return (LinkKind.Script, element.GetAttribute("data"), "");
                break;
            case "meta" when "refresh".Equals(element.GetAttribute("http-equiv"), StringComparison.OrdinalIgnoreCase):
                yield return (LinkKind.Anchor, RefreshTarget(element.GetAttribute("content") ?? ""), "");
                break;
        }
    }

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
