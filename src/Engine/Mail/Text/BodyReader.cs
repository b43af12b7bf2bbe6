using Platform.Engine.Links;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Mail.Text;

/// <param name="Alternative">Plain text whose words are those of the HTML.</param>
internal sealed record BodyReading(string Visible, string Hidden, string Alternative, IReadOnlyList<HtmlBody> Html, IReadOnlyList<MailLink> Links);

/// <summary>
/// What the body says: text/plain and text/html leaves that are shown, not saved. Of alternatives a client shows one;
/// the plain text is added when its words are not those of the HTML, because another client shows that.
/// </summary>
internal sealed class BodyReader(ReadBudget budget)
{
    private const int MaxHtmlBodies = 50;
    private const int MaxTextLength = 1_000_000;
    private const int MaxLinks = 5_000;

    private readonly List<string> _plain = [];
    private readonly List<string> _visible = [];
    private readonly List<string> _hidden = [];
    private readonly List<HtmlBody> _html = [];
    private readonly List<MailLink> _links = [];

    public static bool IsBody(MailPart leaf) =>
        leaf is { MediaType: "text/plain" or "text/html" or "text/enriched" or "text/richtext" or "application/xhtml+xml", Content.IsEmpty: false }
        && leaf.Disposition is not "attachment"
        && (leaf.FileName is null || leaf is { Disposition: "inline" or null, MediaType: "text/plain" or "text/html" });

    public BodyReading Read(IReadOnlyList<MailPart> leaves)
    {
        foreach (var leaf in leaves)
        {
            if (!IsBody(leaf) || !budget.HasTime(leaf.Path))
                continue;
            var text = Charsets.Decode(leaf.Content.Span, leaf.Charset);
            if (leaf.MediaType is "text/plain" or "text/enriched" or "text/richtext")
                ReadPlain(leaf, text);
            else
                ReadHtml(leaf, text);
        }

        var html = string.Join("\n", _visible);
        var parts = _plain.ToLookup(p => _visible.Count == 0 || !WordOverlap.IsMostlyIn(p, html));
        return new BodyReading(Bound(string.Join("\n", _visible.Concat(parts[true]))), Bound(string.Join("\n", _hidden)), Bound(string.Join("\n", parts[false])), _html, Bounded(_links));
    }

    private void ReadPlain(MailPart leaf, string text)
    {
        var bounded = Bound(text, leaf.Path);
        _plain.Add(bounded.Replace("\r\n", "\n", StringComparison.Ordinal).Trim());
        TextLinks.Collect(bounded, leaf.Path, LinkKind.Text, _links, MaxLinks);
    }

    private void ReadHtml(MailPart leaf, string text)
    {
        string? reason = "number of HTML parts";
        if (_html.Count >= MaxHtmlBodies || HtmlTree.Parse(text, budget, out reason) is not { } document)
        {
            budget.Cut("limit-html", leaf.Path, reason ?? "");
            var flat = FlatHtml.Read(text.Length <= 4 * HtmlShape.MaxLength ? text : text[..(4 * HtmlShape.MaxLength)]);
            _visible.Add(flat.Text);
            HtmlLinks.CollectFlat(flat, leaf.Path, _links, MaxLinks);
            TextLinks.Collect(flat.Text, leaf.Path, LinkKind.Text, _links, MaxLinks);
            return;
        }

        var body = new HtmlBody(leaf, document);
        _html.Add(body);
        var (visible, hidden) = HtmlText.Read(document);
        _visible.Add(visible);
        if (hidden.Length > 0)
            _hidden.Add(hidden);
        HtmlLinks.Collect(document, leaf.Path, attachment: false, _links, MaxLinks);
        TextLinks.CollectUnlinked(visible, leaf.Path, _links, MaxLinks);
    }

    private List<MailLink> Bounded(List<MailLink> links)
    {
        if (links.Count >= MaxLinks)
            budget.Cut("limit-links", "1", $"more than {MaxLinks} links");
        return links;
    }

    private string Bound(string text, string where = "1")
    {
        if (text.Length <= MaxTextLength)
            return text;
        budget.Cut("limit-text", where, $"more than {MaxTextLength} characters");
        return text[..MaxTextLength];
    }
}
