using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

/// <summary>To whom each mailbox sent: who is new to it counts towards its limits, and who is not is one of its usual recipients.</summary>
internal static class SentRecipients
{
    /// <summary>For how long an address is remembered that a mailbox sends to no more.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private const int MaxAddress = 500;

    public static string Normal(string address) => SafeText.Clean(address, MaxAddress).ToLowerInvariant();

    /// <summary>Within the move that accepts the message.</summary>
    public static async ValueTask NoteAsync(MoveSession session, NewMessage message, CancellationToken cancellationToken)
    {
        if (message.SenderId is not { } sender)
            return;
        // In one order, so that two messages to the same people never wait for each other.
        foreach (var address in message.Deliveries.Select(delivery => Normal(delivery.Recipient)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await session.Sql.ExecuteAsync(
                """
                INSERT INTO sent_recipients (mailbox_id, address, domain, tenant_id, first_at, last_at, delivered) VALUES (@mailbox, @address, @domain, @tenant, @now, @now, 0)
                ON CONFLICT (mailbox_id, address) DO UPDATE SET last_at = excluded.last_at
                """,
                cancellationToken,
                ("@mailbox", sender),
                ("@address", address),
                ("@domain", OutgoingRecipients.DomainOf(address)),
                ("@tenant", message.TenantId),
                ("@now", message.ReceivedAt.ToUnixTimeMilliseconds()));
        }
    }

    /// <summary>Within the move that tells of the delivery.</summary>
    public static async ValueTask DeliveredAsync(MoveSession session, Guid messageId, string recipient, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        UPDATE sent_recipients SET delivered = delivered + 1
        WHERE address = @address AND mailbox_id = (SELECT COALESCE(sender_mailbox_id, connector_id) FROM messages WHERE id = @message)
        """,
        cancellationToken,
        ("@address", Normal(recipient)),
        ("@message", messageId));

    /// <returns>How many were forgotten.</returns>
    public static ValueTask<int> ForgetAsync(MoveSession session, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "DELETE FROM sent_recipients WHERE last_at < @before", cancellationToken, ("@before", (session.Now - Kept).ToUnixTimeMilliseconds()));
}
