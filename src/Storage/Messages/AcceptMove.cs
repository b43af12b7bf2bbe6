using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.Sending;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>A sealed message becomes rows: the message, its deliveries, an event for each.</summary>
internal static class AcceptMove
{
    private const int MaxName = 500;

    public static async ValueTask<ScanLease?> InsertAsync(MoveSession session, NewMessage message, CancellationToken cancellationToken)
    {
        if (message.Deliveries.Count == 0)
            throw new ArgumentException("A message needs a delivery.", nameof(message));
        // Our own notices are not scanned (RFC 3464): they hold what we wrote.
        var scanned = !message.Mode.IsOurs();
        Guid? token = scanned && message.ScanLease is not null ? Guid.NewGuid() : null;
        await SendChecks.RequireAsync(session, message, cancellationToken);
        await InsertMessageAsync(session, message, scanned, token, cancellationToken);
        var summary = MessageSummary.Of(message);
        var state = scanned ? DeliveryState.Received : DeliveryState.Queued;
        foreach (var delivery in message.Deliveries)
        {
            await InsertDeliveryAsync(session, message, delivery, state, cancellationToken);
            session.Record(DeliveryEvents.Of(summary, new DeliveryMoved(delivery.Id, delivery.Recipient, state), message.ReceivedAt));
        }

        await SentRecipients.NoteAsync(session, message, cancellationToken);
        return token is { } lease
            ? new ScanLease(message.Id, message.TenantId, lease, 1, message.Mode, message.Envelope, message.Body.Reference, message.ReceivedAt, [.. message.Deliveries.Select(d => new DeliveryRef(d.Id, d.Recipient, d.MailboxId))]) { SenderMailboxId = message.SenderMailboxId, ConnectorId = message.ConnectorId }
            : null;
    }

    private static ValueTask<int> InsertMessageAsync(MoveSession session, NewMessage message, bool scanned, Guid? token, CancellationToken cancellationToken)
    {
        var due = token is null ? session.Now : session.Now + message.ScanLease!.Value;
        return session.Sql.ExecuteAsync(
            """
            INSERT INTO messages (id, tenant_id, mode, direction, received_at, mail_from, client_address, client_name, helo, sender_mailbox_id, connector_id, submitted_by, smtp, prologue,
                body_name, body_key, size, sha256, scan_state, scan_attempts, scan_token, scan_due_at)
            VALUES (@id, @tenant, @mode, @direction, @received, @from, @client, @clientName, @helo, @sender, @connector, @by, @smtp, @prologue,
                @body, @key, @size, @sha256, @state, @attempts, @token, @due)
            """,
            cancellationToken,
            ("@id", message.Id),
            ("@tenant", message.TenantId),
            ("@mode", message.Mode.ToString()),
            ("@direction", message.Envelope.Direction.ToString()),
            ("@received", message.ReceivedAt.ToUnixTimeMilliseconds()),
            ("@from", SafeText.Clean(message.Envelope.MailFrom ?? "", MaxName)),
            ("@client", message.Envelope.ClientAddress),
            ("@clientName", message.Envelope.ClientName is { } name ? SafeText.Clean(name, MaxName) : null),
            ("@helo", message.Envelope.Helo is { } helo ? SafeText.Clean(helo, MaxName) : null),
            ("@sender", message.SenderMailboxId),
            ("@connector", message.ConnectorId),
            ("@by", AccountIds.Write(message.SubmittedBy)),
            ("@smtp", StoredJson.Write(message.Smtp)),
            ("@prologue", SafeText.Clean(message.Prologue, int.MaxValue)),
            ("@body", message.Body.Reference.Name),
            ("@key", message.Body.Reference.WrappedKey),
            ("@size", message.Body.Size),
            ("@sha256", message.Body.Sha256),
            ("@state", scanned ? nameof(ScanState.Pending) : nameof(ScanState.Done)),
            ("@attempts", token is null ? 0 : 1),
            ("@token", token),
            ("@due", due.ToUnixTimeMilliseconds()));
    }

    private static ValueTask<int> InsertDeliveryAsync(MoveSession session, NewMessage message, NewDelivery delivery, DeliveryState state, CancellationToken cancellationToken)
    {
        long? due = state == DeliveryState.Queued ? session.NowMilliseconds : null;
        return session.Sql.ExecuteAsync(
            """
            INSERT INTO deliveries (id, tenant_id, message_id, recipient, mailbox_id, sender_mailbox_id, notify, original_recipient, state, attempts, due_at, queued_at, changed_at)
            VALUES (@id, @tenant, @message, @recipient, @mailbox, @sender, @notify, @original, @state, 0, @due, @queued, @now)
            """,
            cancellationToken,
            ("@id", delivery.Id),
            ("@tenant", message.TenantId),
            ("@message", message.Id),
            ("@recipient", SafeText.Clean(delivery.Recipient, MaxName)),
            ("@mailbox", delivery.MailboxId),
            ("@sender", message.SenderMailboxId),
            ("@notify", delivery.Notify),
            ("@original", delivery.OriginalRecipient is { } original ? SafeText.Clean(original, MaxName) : null),
            ("@state", state.ToString()),
            ("@due", due),
            ("@queued", due),
            ("@now", session.NowMilliseconds));
    }
}
