using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing;

/// <summary>Mails to senders about what they send, ordered in the transaction of what they tell of.</summary>
internal static class SendNotices
{
    private const int MaxListed = 20;

    /// <summary>What was sent is held, for these recipients.</summary>
    /// <param name="why">The decision: the rule that holds it, or what was found of its recipients; null: what the inspection found.</param>
    public static ValueTask OrderHeldAsync(MoveSession session, MessageSummary message, IReadOnlyList<string> recipients, DecisionRecord? why, CancellationToken cancellationToken) =>
        MailOrders.AddForSenderAsync(
            session,
            message.TenantId,
            message.Id,
            MailOrderKinds.SendingHeld,
            new Dictionary<string, string>
            {
                ["subject"] = message.Subject ?? "",
                ["recipient"] = string.Join(", ", recipients.Take(MaxListed)),
                ["rule"] = why?.Rule?.Name ?? "",
                ["findings"] = why?.Basis == DecisionBasis.Recipient ? SendJson.WriteFindings([.. why.Findings.Where(finding => FindingStrength.IsHeld(finding.Kind))]) : "",
            },
            cancellationToken,
            once: true);

    /// <summary>One summary of all that waits when it is written: while one is ordered, what begins to wait comes into it.</summary>
    public static ValueTask OrderAsync(MoveSession session, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken) =>
        MailOrders.AddForMailboxAsync(session, tenantId, null, mailboxId, MailOrderKinds.SendingWaits, new Dictionary<string, string> { ["mailbox"] = mailboxId.ToString() }, cancellationToken, once: true);
}
