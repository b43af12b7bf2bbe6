using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;
using Platform.Engine.Links.Qr;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>
/// QR codes take the reader from the guarded desk to an unguarded telephone, and the link past filters that read text. Tickets,
/// payments and visiting cards come as codes honestly: only a code that leads away from the author says something.
/// </summary>
internal sealed class QrCodeLink : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("qr-code-link", "A QR code leads to another organisation than the author's.", "ATT&CK T1566.002; X.1236 7.2.4", "where", "host"),
        new("qr-code-hidden", "A QR code is drawn with characters or table cells, which only a camera reads.", "ATT&CK T1027", "where"),
        new("qr-code-lure", "Asks to scan a code with a telephone to sign in, confirm, pay or read.", "ATT&CK T1566.002, T1598", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var codes = input.Message.Links.Where(link => link.Kind == LinkKind.QrCode).ToList();
        if (codes.Count == 0)
            yield break;
        if (codes.Find(link => input.Survey.Foreign.Contains(link)) is { } foreign)
        {
            yield return new Sign("qr-code-link", Seen.Link(foreign), ("where", Seen.Cut(foreign.PartPath, 80)), ("host", foreign.Host));
            if (!BulkMarks.IsDiscussionList(input.Message) && input.Text.FindAnywhere("qr-ask") is { Count: > 0 } asks)
                yield return new Sign("qr-code-lure", Seen.Words(asks), ("words", Seen.List(asks)));
        }

        if (codes.Find(link => link.PartPath == QrCodes.Drawn && !IsOwn(link, input)) is { } drawn)
            yield return new Sign("qr-code-hidden", Seen.Link(drawn), ("where", drawn.PartPath));
    }

    private static bool IsOwn(MailLink link, DetectionInput input) => input.Domains.Of(link.Host) is { Length: > 0 } domain && (domain == input.Sender.OrganisationalDomain || Brands.Embedded.IsOfBrand(domain));
}
