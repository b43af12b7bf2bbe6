using Platform.Engine;
using Platform.Engine.Verdicts;

namespace Platform.Grains.Inspection;

/// <summary>What the tenant's mailboxes know of a sender (DET8). Best effort: an answer that does not come is no history.</summary>
public interface ISenderHistory
{
    Task<History> OfAsync(Guid tenantId, Guid? mailboxId, string sender, CancellationToken cancellationToken);

    /// <summary>Called after the verdict, away from the mail's path; may be repeated for the same message.</summary>
    Task RecordAsync(SenderSighting sighting, CancellationToken cancellationToken);
}

/// <param name="Sender">Reverse-path of the message, never empty.</param>
/// <param name="Country">Of the origin, ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="Asn">Network of the origin; null when unknown.</param>
public sealed record SenderSighting(
    Guid TenantId,
    Guid MailboxId,
    Guid MessageId,
    string Sender,
    string? Country,
    long? Asn,
    VerdictKind Verdict,
    DateTimeOffset ReceivedAt);
