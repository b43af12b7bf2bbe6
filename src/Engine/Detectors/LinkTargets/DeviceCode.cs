using System.Text.RegularExpressions;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>
/// Signing in a device without a keyboard (RFC 8628): it shows a code, its user types that on the service's page. Whoever gets
/// somebody else to type a code of his own is signed in as that person, and the page is the real one. A code in a mail is
/// never the reader's own device.
/// </summary>
internal sealed partial class DeviceCode : IDetector
{
    private const int MostTexts = 8;
    private const int MaxLength = 16_384;
    private const int WithoutCode = 50;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("device-code-lure", "A code for the reader to type on a page where a device is signed in.", "RFC 8628 5.4; ATT&CK T1528, T1566.002", "place", "code"),
        new("link-device-sign-in", "Leads to a page where a code signs in somebody's device (weak without a code).", "RFC 8628 3.3", "place"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Sender.IsOwn)
            yield break;
        foreach (var (where, text) in Texts(input.Message))
        {
            if ((PlaceIn(text) ?? (where == "text" ? LinkedPlace(input.Message) : null)) is not { } place)
                continue;
            if (Brands.Embedded.IsOfBrand(input.Sender.OrganisationalDomain) && input.Sender.OrganisationalDomain == input.Domains.Of(HostOf(place)))
                yield break;
            var code = CodeIn(text);
            if (code is not null)
                yield return new Sign("device-code-lure", Seen.Of(where == "text" ? EvidenceKind.Text : EvidenceKind.Attachment, where, $"{place} … {code}"), ("place", Seen.Cut(place, 80)), ("code", code));
            yield return new Sign("link-device-sign-in", Seen.Of(EvidenceKind.Link, where, place), ("place", Seen.Cut(place, 80))) { Percent = code is null ? WithoutCode : 100 };
            yield break;
        }
    }

    private static IEnumerable<(string Where, string Text)> Texts(MailMessage message)
    {
        yield return ("text", Cut(message.VisibleText));
        foreach (var file in message.FileTexts.Take(MostTexts))
            yield return (file.Path, Cut(file.Text));
    }

    private static string? PlaceIn(string text) => Place().Match(text) is { Success: true } match ? match.Value : null;

    private static string? LinkedPlace(MailMessage message) =>
        message.Links.Where(link => link.Kind is not (LinkKind.Image or LinkKind.Script)).Select(link => PlaceIn(link.Destination?.AbsoluteUri ?? link.Target)).FirstOrDefault(place => place is not null);

    private static string HostOf(string place) => place[..place.IndexOf('/')];

    // F7QK2LM9P, ABCD-EFGH: letters with a digit among them, or two groups.
    private static string? CodeIn(string text)
    {
        foreach (Match match in Code().Matches(text))
            if (match.Value.Contains('-', StringComparison.Ordinal) || match.Value.Any(char.IsAsciiDigit) && match.Value.Any(char.IsAsciiLetterUpper))
                return match.Value;
        return null;
    }

    private static string Cut(string text) => text.Length > MaxLength ? text[..MaxLength] : text;

    [GeneratedRegex(@"([a-z0-9.\-]{1,60}\.)?(microsoft\.com/(devicelogin|link\b)|aka\.ms/devicelogin|login\.microsoft\.com/device|microsoftonline\.com/[a-z0-9./\-]{0,60}deviceauth|google\.com/device\b|github\.com/login/device|okta\.com/activate|device\.sso\.[a-z0-9.\-]{1,40}amazonaws\.com/)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b([A-Z0-9]{8,9}|[A-Z]{4}-[A-Z]{4}|[A-Z0-9]{4}-[A-Z0-9]{4})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
