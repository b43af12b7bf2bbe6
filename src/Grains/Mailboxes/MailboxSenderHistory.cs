using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Grains.Inspection;

namespace Platform.Grains.Mailboxes;

/// <summary>
/// The history of a sender as the mailboxes of the tenant remember it. Attacks are not remembered as acquaintance:
/// whoever sends ten phishing mails stays a stranger.
/// </summary>
internal sealed class MailboxSenderHistory(IMailboxHistories mailboxes) : ISenderHistory
{
    public Task<History> OfAsync(Guid tenantId, Guid? mailboxId, string sender, CancellationToken cancellationToken) =>
        mailboxId is { } mailbox
            ? mailboxes.HistoryOfAsync([mailbox], sender, cancellationToken)
            : Task.FromResult(History.Unknown);

    public Task RecordAsync(SenderSighting sighting, CancellationToken cancellationToken) =>
        sighting.Verdict.IsAttack()
            ? Task.CompletedTask
            : mailboxes.RecordAsync(
                [sighting.MailboxId],
                new MailSeen(sighting.MessageId, sighting.Sender, Sent: false, sighting.Country, sighting.Asn, sighting.ReceivedAt),
                cancellationToken);
}
