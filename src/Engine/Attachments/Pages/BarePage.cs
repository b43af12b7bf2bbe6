using Platform.Engine.Language;
using Platform.Engine.Links;

namespace Platform.Engine.Attachments.Pages;

/// <summary>
/// A page that holds next to nothing of its own: what it is for stands elsewhere, where nobody can look who looks at the mail. People
/// send pages that hold something.
/// </summary>
internal static class BarePage
{
    private const int FewLetters = 60;
    private const int ShortText = 240;
    private const int SmallCode = 400;
    private const int MostOwnCode = 1_000;
    private const int MostTags = 200;
    private const int MostLeads = 3;
    private const int SmallPage = 8_000;

    public static IEnumerable<(string Id, string Seen)> Of(PageOutside outside, PageShape shape, PageScripts scripts, string text, string markup, bool isDrawing)
    {
        var letters = text.Count(char.IsLetterOrDigit);
        var code = scripts.Elements.Sum(script => script.Length);
        if (outside.Script is { } script && (isDrawing || letters <= FewLetters && IsIdle(scripts)))
            yield return ("html-remote-script", script);
        else if (outside.Library is { } library && letters <= FewLetters && code == 0 && outside.Tags <= MostTags / 10 && !outside.HasPicture && !outside.HasFields)
            yield return ("html-remote-script", library);
        if (shape is { Frames: > 0, RemoteFrame: { } frame } && markup.Length < SmallPage && (shape.Frames == 1 || letters <= FewLetters) && !(letters > FewLetters && PageOutside.IsTrusted(frame)))
            yield return ("html-remote-frame", frame);
        if (letters <= ShortText && (outside.HasLinkedPicture || letters > 3 && Lexicon.Embedded.Find("page-call", NormalText.Fold(text)).Count > 0) && !outside.HasFields && shape.Frames == 0 && outside.Tags <= MostTags && code <= MostOwnCode && OnlyLead(outside) is { } lead)
            yield return ("html-link-only", lead);
    }

    // What stands beside it calls nothing of it: it names the reader, or is nothing at all.
    private static bool IsIdle(PageScripts scripts)
    {
        var code = string.Concat(scripts.Elements.Take(10));
        return code.Length <= SmallCode && (!code.Contains('(', StringComparison.Ordinal) || code.Contains('@', StringComparison.Ordinal) || code.Contains("atob(", StringComparison.Ordinal) || code.Contains("import", StringComparison.Ordinal));
    }

    // All leads go to one organisation.
    private static string? OnlyLead(PageOutside outside)
    {
        if (outside.Leads.Count is 0 or > MostLeads)
            return null;
        var organisations = outside.Leads.Select(lead => LinkTarget.Resolve(lead, null) is { } uri ? OrganisationalDomain.Embedded.Of(uri.IdnHost) : "").Distinct(StringComparer.Ordinal).Take(2).ToList();
        return organisations is [{ Length: > 0 }] ? outside.Leads[0] : null;
    }
}
