using System.Text;
using AngleSharp.Dom;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>A page that asks for a secret, in the mail itself or in an HTML file with it.</summary>
internal sealed class CredentialForm : IDetector
{
    private const int MaxScanned = 2 * 1024 * 1024;
    private const int LongestTag = 2_000;
    private const int MaxBodies = 10;
    private const int MaxForms = 2_000;
    private const int MaxButtons = 5;

    private static readonly string[] SearchWords = ["search", "query", "keyword", "suche", "検索"];

    private const string Asking = "input:not([type=hidden i]):not([type=submit i]):not([type=image i]):not([type=button i]), textarea, select";

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("credential-form", "The HTML body holds a form with a password field.", "ATT&CK T1598.002; X.1236 7.2.4", "action"),
        new("form-in-body", "The HTML body holds a form that sends what is typed to another organisation.", "ATT&CK T1598", "action"),
        new("credential-form-attachment", "An HTML attachment asks for a password.", "ATT&CK T1598.002; X.1236 7.2.4", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        Sign? best = null;
        foreach (var body in input.Message.Html.Take(MaxBodies))
            if (Judge(body.Document, input) is var (id, action, host) && (best is null || id == "credential-form"))
                best = new Sign(id, Seen.Of(Verdicts.EvidenceKind.Text, body.Part.Path, $"<form action=\"{action}\">"), ("action", host.Length > 0 ? host : action));
        if (best is not null)
            yield return best;

        foreach (var file in input.Message.Attachments)
        {
            if (file.Type.Id is not ("html" or "svg" or "xml") || file.Content.IsEmpty)
                continue;
            var text = Encoding.Latin1.GetString(input.Examined.Take(file, MaxScanned).Span);
            if (!AsksForPassword(text))
                continue;
            yield return new Sign("credential-form-attachment", Seen.File(file), ("file", file.FileName));
            break;
        }
    }

    // The first form of a body may be there for filters only: each is looked at, and a password weighs more than other fields.
    private static (string Id, string Action, string Host)? Judge(IParentNode document, DetectionInput input)
    {
        const string password = "input[type=password i]";
        (string, string, string)? other = null;
        foreach (var form in document.QuerySelectorAll("form").Take(MaxForms))
        {
            // A button may send the form elsewhere than the form says.
            foreach (var action in form.QuerySelectorAll("[formaction]").Take(MaxButtons).Select(button => button.GetAttribute("formaction")!.Trim()).Prepend(form.GetAttribute("action")?.Trim() ?? ""))
            {
                var host = Uri.TryCreate(action, UriKind.Absolute, out var uri) ? uri.Host : "";
                if (form.QuerySelector(password) is not null)
                    return ("credential-form", action, host);
                if (host.Length > 0 && input.Domains.Of(host) != input.Sender.OrganisationalDomain && form.QuerySelector(Asking) is not null && !IsSearch(form, action))
                    other ??= ("form-in-body", action, host);
            }
        }

        // A field beside all forms is one of a form that the parser took away, or of a script's.
        return document.QuerySelector(password) is not null ? ("credential-form", "", "") : other;
    }

    // Newsletters carry search boxes: one field, whose name or target says so.
    private static bool IsSearch(IElement form, string action)
    {
        if (form.QuerySelectorAll(Asking).Take(2).ToList() is not [var field])
            return false;
        var names = $"{field.GetAttribute("name")} {field.GetAttribute("type")} {action}";
        return field.GetAttribute("name") is "q" || Array.Exists(SearchWords, word => names.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool AsksForPassword(string text)
    {
        for (var at = text.IndexOf("<input", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("<input", at + 6, StringComparison.OrdinalIgnoreCase))
        {
            var tag = text.AsSpan(at, Math.Min(LongestTag, text.Length - at));
            var end = tag.IndexOf('>');
            tag = end < 0 ? tag : tag[..end];
            if (tag.Contains("type", StringComparison.OrdinalIgnoreCase) && tag.Contains("password", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
