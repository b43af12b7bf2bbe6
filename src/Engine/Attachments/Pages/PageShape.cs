using System.Globalization;
using Platform.Engine.Links;

namespace Platform.Engine.Attachments.Pages;

/// <summary>What the elements of a page say: where it leads by itself, which pages it holds in addresses, what it asks for.</summary>
internal sealed class PageShape
{
    private const int MaxNested = 20;

    private static readonly string[] CardFields = ["cc-number", "cc-csc", "cardnumber", "card-number", "card_number", "cvv", "cvc"];

    private static readonly string[] SecretFields = ["password", "passwd", "passcode", "パスワード", "暗証番号", "비밀번호"];

    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _nested = [];
    private string? _leaves;
    private int _fields;

    /// <summary>Target of a refresh that leaves the page; null when there is none.</summary>
    public string? Refresh { get; private set; }

    /// <summary>Address of a frame of another site.</summary>
    public string? RemoteFrame { get; private set; }

    public int Frames { get; private set; }

    public bool HasPassword { get; private set; }

    /// <summary>Where a form is sent that leaves for another site, with more than one line in its address; one that is none of a well-known organisation before others.</summary>
    public string? RemoteForm { get; private set; }

    public bool HasForeignObject { get; private set; }

    public string? CardField { get; private set; }

    /// <summary>Pages and files in data addresses, which open when the page does or by a click.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Nested => _nested;

    /// <summary>A page in an address of the page.</summary>
    public bool HasNestedPage { get; private set; }

    public void Take(MarkupTag tag)
    {
        switch (tag.Name)
        {
            case "meta" when "refresh".Equals(tag["http-equiv"]?.Trim(), StringComparison.OrdinalIgnoreCase):
                TakeRefresh(tag["content"] ?? "");
                break;
            case "iframe" or "frame":
                Frames++;
                if (IsElsewhere(tag["src"] ?? ""))
                    RemoteFrame ??= tag["src"];
                TakePage(tag["srcdoc"]);
                TakeData(tag["src"], "frame", always: true);
                break;
            case "embed":
                TakeHeld(tag["src"], tag["type"], "embedded");
                break;
            case "object":
                TakeHeld(tag["data"], tag["type"], "object");
                break;
            case "a" or "area":
                TakeData(tag["href"] ?? tag["xlink:href"], tag["download"] is { Length: > 0 } name ? name : "linked", always: false);
                break;
            case "use" or "image" when (tag["href"] ?? tag["xlink:href"]) is { } source && !source.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase):
                TakeData(source, "used", always: false);
                break;
            case "input":
                TakeInput(tag);
                break;
            case "form":
                TakeForm(tag);
                break;
            case "foreignobject":
                HasForeignObject = true;
                break;
        }
    }

    // Without a type it may be a page as well as a film or a form.
    private void TakeHeld(string? address, string? type, string name)
    {
        var isPage = string.IsNullOrWhiteSpace(type) || type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Contains("xml", StringComparison.OrdinalIgnoreCase);
        if (isPage && address?.Trim() is { } target && IsElsewhere(target))
        {
            Frames++;
            RemoteFrame ??= target;
        }

        TakeData(address, name, always: true);
    }

    private void TakeInput(MarkupTag tag)
    {
        var names = $"{tag["name"]} {tag["id"]} {tag["autocomplete"]} {tag["placeholder"]}".ToLowerInvariant();
        HasPassword |= "password".Equals(tag["type"]?.Trim(), StringComparison.OrdinalIgnoreCase) || !"hidden".Equals(tag["type"], StringComparison.OrdinalIgnoreCase) && Array.Exists(SecretFields, field => names.Contains(field, StringComparison.Ordinal));
        if (tag["type"]?.Trim().ToLowerInvariant() is null or "" or "text" or "email" or "search" or "tel" or "number" or "url")
            TakeSent(++_fields > 1);
        CardField ??= Array.Find(CardFields, field => names.Contains(field, StringComparison.Ordinal));
    }

    // A search, or a word left for a newsletter, is sent in the address: one field of a form that has no method.
    private void TakeForm(MarkupTag tag)
    {
        _fields = 0;
        var isPosted = "post".Equals(tag["method"]?.Trim(), StringComparison.OrdinalIgnoreCase);
        _leaves = tag["action"]?.Trim() is { } action && IsElsewhere(action) ? action : null;
        TakeSent(isPosted);
    }

    private void TakeSent(bool tells)
    {
        if (tells && _leaves is not null && (RemoteForm is null || PageOutside.IsTrusted(RemoteForm)))
            RemoteForm = _leaves;
    }

    private void TakeRefresh(string content)
    {
        var at = content.IndexOf("url", StringComparison.OrdinalIgnoreCase);
        var target = at < 0 ? "" : content[(at + 3)..].TrimStart(' ', '=').Trim().Trim('"', '\'');
        if (IsElsewhere(target) || target.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            Refresh ??= target;
        TakeData(target, "refresh", always: true);
    }

    private void TakePage(string? markup)
    {
        if (markup is not { Length: > 20 } || _nested.Count >= MaxNested)
            return;
        HasNestedPage |= markup.Contains("<script", StringComparison.OrdinalIgnoreCase) || markup.Contains("<form", StringComparison.OrdinalIgnoreCase);
        _nested.Add((string.Create(CultureInfo.InvariantCulture, $"frame-{_nested.Count + 1}.html"), System.Text.Encoding.UTF8.GetBytes(markup)));
    }

    private void TakeData(string? address, string name, bool always)
    {
        if (address is null || _nested.Count >= MaxNested || DataAddress.Read(address) is not { } data || data.Content.Length == 0)
            return;
        var isPage = data.MediaType is "text/html" or "application/xhtml+xml" || always && data.MediaType == "image/svg+xml";
        if (data.MediaType.StartsWith("image/", StringComparison.Ordinal) && !isPage)
            return;
        HasNestedPage |= isPage;
        var extension = isPage ? data.MediaType == "image/svg+xml" ? ".svg" : ".html" : "";
        _nested.Add((name.Contains('.', StringComparison.Ordinal) && !isPage ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{_nested.Count + 1}{extension}"), data.Content));
    }

    public static bool IsElsewhere(string address) =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("//", StringComparison.Ordinal);
}
