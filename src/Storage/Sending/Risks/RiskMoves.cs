using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Risks;

/// <summary>
/// What a stolen account sent to colleagues is believed more than any stranger's mail (OUT13). What has arrived cannot be held any more: its
/// risk is raised where people look at it, and told.
/// </summary>
internal static class RiskMoves
{
    /// <summary>The mailbox that sent it was blocked from sending afterwards.</summary>
    public const string SenderStolen = "sender-stolen";

    private const int MaxRaised = 1_000;

    /// <summary>Within the move that blocks the mailbox. A mail is marked once.</summary>
    /// <param name="time">How far back; zero: nothing is marked.</param>
    /// <returns>How many deliveries to colleagues it is about.</returns>
    public static async ValueTask<int> RaiseAsync(MoveSession session, Guid mailboxId, TimeSpan time, CancellationToken cancellationToken)
    {
        if (time <= TimeSpan.Zero)
            return 0;
        var raised = await session.Sql.QueryAsync(
            $"""
            UPDATE messages SET risk = '{SenderStolen}', risk_at = @now WHERE id IN (
                SELECT m.id FROM messages m
                WHERE m.sender_mailbox_id = @mailbox AND m.received_at > @since AND m.risk IS NULL
                  AND EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND d.mailbox_id IS NOT NULL AND d.is_copy = FALSE AND d.state = '{nameof(DeliveryState.Delivered)}')
                ORDER BY m.received_at DESC LIMIT {MaxRaised})
            RETURNING {MessageSummary.Columns}
            """,
            MessageSummary.Read,
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@mailbox", mailboxId),
            ("@since", (session.Now - time).ToUnixTimeMilliseconds()));
        var told = 0;
        foreach (var message in raised.OrderBy(message => message.Id))
        {
            foreach (var (id, recipient) in await session.Sql.QueryAsync(
                $"SELECT id, recipient FROM deliveries WHERE message_id = @message AND mailbox_id IS NOT NULL AND is_copy = FALSE AND state = '{nameof(DeliveryState.Delivered)}' ORDER BY id",
                row => (row.GetGuid(0), row.GetString(1)),
                cancellationToken,
                ("@message", message.Id)))
            {
                session.Record(DeliveryEvents.Of(message, new DeliveryMoved(id, recipient, DeliveryState.Delivered) { Kind = EventKinds.RiskRaised, Reason = SenderStolen }, session.Now));
                told++;
            }
        }

        return told;
    }
}
