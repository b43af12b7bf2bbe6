using System.Text;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>A page that asks for a secret, in the mail itself or in an HTML file with it.</summary>
internal sealed class CredentialForm : IDetector
{
    private const int MaxScanned = 2 * 1024 * 1024;
    private const int LongestTag = 2_000;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("credential-form", "The HTML body holds a form with a password field.", "ATT&CK T1598.002; X.1236 7.2.4", "action"),
        new("form-in-body", "The HTML body holds a form that sends what is typed to another organisation.", "ATT&CK T1598", "action"),
        new("credential-form-attachment", "An HTML attachment asks for a password.", "ATT&CK T1598.002; X.1236 7.2.4", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var body in input.Message.Html)
        {
            var form = body.Document.QuerySelector("form");
            if (form is null && body.Document.QuerySelector("input[type=password i]") is null)
                continue;
            var action = form?.GetAttribute("action")?.Trim() ?? "";
            var host = Uri.TryCreate(action, UriKind.Absolute, out var uri) ? uri.Host : "";
            if (body.Document.QuerySelector("input[type=password i]") is not null)
                yield return new Sign("credential-form", Seen.Of(Verdicts.EvidenceKind.Text, body.Part.Path, $"<form action=\"{action}\">"), ("action", host.Length > 0 ? host : action));
            else if (host.Length > 0 && form!.QuerySelector("input:not([type=hidden i]):not([type=submit i]):not([type=image i]):not([type=button i]), textarea") is not null
                && input.Domains.Of(host) != input.Sender.OrganisationalDomain)
                yield return new Sign("form-in-body", Seen.Of(Verdicts.EvidenceKind.Text, body.Part.Path, $"<form action=\"{action}\">"), ("action", host));
            break;
        }

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
