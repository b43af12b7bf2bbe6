using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Headers;

/// <summary>Message-ID fields that no mail program writes.</summary>
internal sealed class MessageIdRisk : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("message-id-missing", "There is no Message-ID.", "RFC 5322 3.6.4"),
        new("message-id-malformed", "The Message-ID has no domain or is not well formed.", "RFC 5322 3.6.4", "id"),
        new("message-id-own-domain", "A mail from outside carries a Message-ID of the tenant's own domain.", "RFC 5322 3.6.4; X.1236 7.2.1", "id"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var header = input.Message.Header("Message-ID");
        var id = input.Message.MessageId;
        if (header is null || header.Value.Trim().Length == 0)
        {
            yield return new Sign("message-id-missing", Seen.Header("Message-ID", ""));
            yield break;
        }

        var at = id.LastIndexOf('@');
        if (at <= 0 || at == id.Length - 1 || id.Any(char.IsWhiteSpace))
        {
            yield return new Sign("message-id-malformed", Seen.Header(header), ("id", Seen.Cut(header.Value, 80)));
            yield break;
        }

        var domain = OrganisationalDomain.ToAscii(id[(at + 1)..].Trim('[', ']'));
        if (input.Envelope.Direction == MailDirection.Inbound && input.Sender is { IsOwn: false, Address: not null } && SenderView.IsWithin(domain, input.Context.TenantDomains))
            yield return new Sign("message-id-own-domain", Seen.Header(header), ("id", Seen.Cut(id, 80)));
    }
}
