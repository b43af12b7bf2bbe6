using System.Text.RegularExpressions;
using Platform.Engine.Links;

namespace Platform.Engine.Attachments.Pages;

/// <summary>What a page takes from other sites, and where it sends its reader.</summary>
internal sealed partial class PageOutside
{
    private const int MaxLeads = 40;
    private const int MostCode = 4_000;

    private readonly List<string> _leads = [];
    private bool _lastLeads;

    /// <summary>Address of a script of another site, of none that is known for libraries.</summary>
    public string? Script { get; private set; }

    /// <summary>Address of a library.</summary>
    public string? Library { get; private set; }

    /// <summary>Addresses that open by a click, at most forty.</summary>
    public IReadOnlyList<string> Leads => _leads;

    /// <summary>There is a picture, which may stand for words.</summary>
    public bool HasPicture { get; private set; }

    /// <summary>One that is a link by itself.</summary>
    public bool HasLinkedPicture { get; private set; }

    /// <summary>There is something to fill in.</summary>
    public bool HasFields { get; private set; }

    public int Tags { get; private set; }

    /// <summary>Whether a host is known for libraries, or is one of an organisation that anybody knows and where not anybody may publish.</summary>
    public static bool IsTrusted(string address)
    {
        if (!LinkTarget.TryParse(address.StartsWith("//", StringComparison.Ordinal) ? $"https:{address}" : address, out var uri))
            return false;
        var host = uri.IdnHost.ToLowerInvariant();
        return KnownDomains.Embedded.IsScriptLibrary(host)
            || !KnownDomains.Embedded.IsFreeHosting(host) && (KnownDomains.Embedded.IsCommonplace(host) || Brands.Embedded.IsOfBrand(OrganisationalDomain.Embedded.Of(host)));
    }

    public void Take(MarkupTag tag)
    {
        Tags++;
        var before = _leads.Count;
        switch (tag.Name)
        {
            case "script":
                TakeScript(tag["src"] ?? tag["href"] ?? tag["xlink:href"]);
                if (tag.Content.Length < MostCode && Import().Match(tag.Content) is { Success: true } import)
                    TakeScript(import.Groups["address"].Value);
                break;
            case "a" or "area":
                Lead(tag["href"] ?? tag["xlink:href"]);
                break;
            case "form":
                Lead(tag["action"]);
                break;
            case "button" or "input":
                Lead(tag["formaction"]);
                HasFields |= tag.Name == "input" && tag["type"]?.ToLowerInvariant() is not ("hidden" or "submit" or "button" or "image");
                break;
            case "textarea" or "select":
                HasFields = true;
                break;
            case "img" or "image":
                HasPicture = true;
                HasLinkedPicture |= _lastLeads;
                break;
        }

        _lastLeads = tag.Name is "a" && _leads.Count > before;
        // A button may lead on by what it runs.
        if (tag["onclick"] is { } click && Opened().Match(click) is { Success: true } opened)
            Lead(opened.Groups["address"].Value);
    }

    private void TakeScript(string? address)
    {
        if (address?.Trim() is not { } source || !PageShape.IsElsewhere(source))
            return;
        if (IsTrusted(source))
            Library ??= source;
        else
            Script ??= source;
    }

    private void Lead(string? address)
    {
        if (address?.Trim() is { } target && PageShape.IsElsewhere(target) && _leads.Count < MaxLeads)
            _leads.Add(target);
    }

    [GeneratedRegex("""\b(import|from)\s*\(?\s*["'`](?<address>(https?:)?//[^"'`\s]{3,500})["'`]""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Import();

    [GeneratedRegex("""(open\s*\(|location[^=(]{0,40}[=(])\s*["'`](?<address>(https?:)?//[^"'`\s]{3,500})["'`]""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Opened();
}
