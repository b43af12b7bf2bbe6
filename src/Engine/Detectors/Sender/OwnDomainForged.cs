using Platform.Engine.Authentication;
using Platform.Engine.Links;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A mail from outside that claims to come from the tenant itself while its envelope names somebody else.</summary>
internal sealed class OwnDomainForged : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("own-domain-forged", "From claims the tenant's own domain; the mail came from outside with another envelope sender.", "RFC 5321 4.4; RFC 7489 3.1; X.1236 7.2.1", "domain", "envelope"),
        new("helo-own-domain", "The sending host outside greeted with the tenant's own domain.", "RFC 5321 4.1.4", "helo"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var envelope = input.Envelope;
        if (envelope.Direction != MailDirection.Inbound)
            yield break;

        var sender = input.Sender;
        var returnPath = envelope.MailFrom ?? input.Message.Header("Return-Path")?.Value.Trim(' ', '<', '>');
        if (sender.IsOwn && returnPath is { Length: > 0 } && !IsList(input) && !IsProven(input))
        {
            var domain = OrganisationalDomain.ToAscii(returnPath[(returnPath.LastIndexOf('@') + 1)..]);
            if (domain.Length > 0 && !SenderView.IsWithin(domain, input.Context.TenantDomains))
                yield return new Sign("own-domain-forged", Seen.Of(EvidenceKind.Envelope, "MAIL FROM", $"{returnPath}; From: {sender.Address!.Address}"), ("domain", sender.Domain), ("envelope", returnPath));
        }

        if (input.Origin.Source == "connection" && envelope.Helo is { Length: > 0 } helo && SenderView.IsWithin(helo.TrimEnd('.'), input.Context.TenantDomains))
            yield return new Sign("helo-own-domain", Seen.Of(EvidenceKind.Envelope, "HELO", helo), ("helo", helo));
    }

    // A service that writes for the company, with its signature.
    private static bool IsProven(DetectionInput input) => input.Authentication?.Dmarc.Result == AuthenticationResult.Pass;

    // A mailing list returns a member's post to the member's own company under the list's envelope.
    internal static bool IsList(DetectionInput input) => input.Message.Header("List-Id") is not null && input.Message.Header("List-Post") is not null;
}
