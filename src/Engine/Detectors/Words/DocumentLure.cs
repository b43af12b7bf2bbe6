using Platform.Engine.Detectors.Files;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Words;

/// <summary>Papers, official documents, shared files, orders and invoices as a pretext for opening something.</summary>
internal sealed class DocumentLure : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("document-lure", "An official, scientific or shared document as a pretext for opening a file of a risky kind, or a link that is not the sender's own.", "ATT&CK T1566.001, T1566.002; X.1236 7.2.4", "words", "target"),
        new("business-document-lure", "An order, quotation or invoice whose file is of a kind that such documents never have.", "ATT&CK T1566.001; X.1236 7.2.4", "words", "target"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var documents = input.Text.Find("document");
        var asks = input.Text.Find("document-ask");
        var business = input.Text.Find("business-document");
        if ((documents.Count == 0 || asks.Count == 0) && business.Count == 0)
            yield break;
        var file = input.Message.Attachments.FirstOrDefault(attachment => attachment.Depth == 0 && FileKinds.IsNoDocument(attachment) && !FactSigns.IsPlain(input, attachment));
        if (documents.Count > 0 && asks.Count > 0)
        {
            if (file is not null)
                yield return new Sign("document-lure", Seen.File(file), ("words", Seen.List([documents[0], asks[0]])), ("target", file.FileName));
            else if (!BulkMarks.IsBulk(input.Message) && input.Message.Links.FirstOrDefault(link => IsForeign(link, input)) is { } link)
                yield return new Sign("document-lure", Seen.Link(link), ("words", Seen.List([documents[0], asks[0]])), ("target", link.Host));
        }

        if (business.Count > 0 && file is not null)
            yield return new Sign("business-document-lure", Seen.File(file), ("words", Seen.List(business)), ("target", file.FileName));
    }

    // A page builder, a shortener or a bare address is where such documents are kept, not at their author's.
    private static bool IsForeign(MailLink link, DetectionInput input) =>
        link.Kind is LinkKind.Anchor or LinkKind.Text
        && link.Host.Length > 0
        && input.Domains.Of(link.Host) != input.Sender.OrganisationalDomain
        && (OpenRedirect.TargetOf(link, input) is not null || KnownDomains.Embedded.IsFreeHosting(link.Host) || KnownDomains.Embedded.IsShortener(link.Host) || link.Destination!.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6);
}
