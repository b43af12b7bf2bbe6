using Platform.Storage.Holds;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Purging;

internal enum ErasureStatus
{
    Erased,
    NotFound,

    /// <summary>It waits for a scan, the relay or a person.</summary>
    Working,
    Held,
}

internal sealed record ErasureOutcome(ErasureStatus Status, PurgeCounts Counts)
{
    public static ErasureOutcome Of(ErasureStatus status) => new(status, PurgeCounts.None);
}

/// <summary>Takes one message, or its content alone, out of the database within a move, and leaves a row of work for what lies outside of it.</summary>
internal sealed class MessageErasure(ErasureTables tables)
{
    private const string Working = $"'{nameof(DeliveryState.Received)}', '{nameof(DeliveryState.Queued)}', '{nameof(DeliveryState.Released)}', '{nameof(DeliveryState.Held)}', {DeliverySql.Staged}";

    /// <summary>States whose message is left alone; for <c>state IN (...)</c>.</summary>
    public static string WorkingStates => Working;

    /// <param name="whole">False: key, body, text, evidence and context go; what lists show stays.</param>
    public async ValueTask<ErasureOutcome> EraseAsync(MoveSession session, Guid tenantId, Guid messageId, bool whole, Guid? purgeId, ActiveHolds holds, CancellationToken cancellationToken)
    {
        var message = await session.Sql.FirstAsync(
            $"SELECT body_name, body_key, received_at, mail_from, from_address, from_name, scan_state, verdict_json, COALESCE(sender_mailbox_id, author_mailbox_id) FROM messages WHERE id = @id AND tenant_id = @tenant{session.Dialect.ForUpdate}",
            row => new Found(row.GetString(0), !row.IsDBNull(1), row.Time(2), row.GetString(3), row.Text(4), row.Text(5), row.GetString(6) == nameof(Model.ScanState.Pending), row.Text(7), row.Id(8)),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId));
        if (message is null)
            return ErasureOutcome.Of(ErasureStatus.NotFound);
        var deliveries = await session.Sql.QueryAsync(
            $"SELECT recipient, mailbox_id, state IN ({Working}) FROM deliveries WHERE message_id = @id ORDER BY id{session.Dialect.ForUpdate}",
            row => (Recipient: row.GetString(0), Mailbox: row.Id(1), Works: Convert.ToBoolean(row.GetValue(2), System.Globalization.CultureInfo.InvariantCulture)),
            cancellationToken,
            ("@id", messageId));
        if (message.IsPending || deliveries.Exists(d => d.Works))
            return ErasureOutcome.Of(ErasureStatus.Working);
        var mailboxes = deliveries.Where(d => d.Mailbox is not null).Select(d => d.Mailbox!.Value).Distinct().ToList();
        if (holds.Cover(new HeldMail(messageId, message.ReceivedAt, [message.MailFrom, message.FromAddress ?? "", message.FromName ?? ""], [.. mailboxes, .. message.SenderMailbox is { } sender ? [sender] : Array.Empty<Guid>()], [.. deliveries.Select(d => d.Recipient)])))
            return ErasureOutcome.Of(ErasureStatus.Held);

        await LeaveWorkAsync(session, tenantId, messageId, message, whole, purgeId, mailboxes, cancellationToken);
        var counts = new PurgeCounts { Bodies = message.HasKey ? 1 : 0 };
        return new ErasureOutcome(
            ErasureStatus.Erased,
            counts + (whole ? await EraseWholeAsync(session, messageId, cancellationToken) : await EraseContentAsync(session, messageId, message, cancellationToken)));
    }

    private async ValueTask<PurgeCounts> EraseWholeAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken)
    {
        var others = await ForgetAnswersAsync(session, messageId, cancellationToken);
        foreach (var table in tables.OfDelivery)
            others += await session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Column} IN (SELECT id FROM deliveries WHERE message_id = @id)", cancellationToken, ("@id", messageId));
        foreach (var table in tables.OfMessage)
            others += await session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE {table.Column} = @id", cancellationToken, ("@id", messageId));
        var counts = new PurgeCounts
        {
            EventsRedacted = await RedactEventsAsync(session, messageId, cancellationToken),
            AuditErased = await EraseAuditAsync(session, messageId, cancellationToken),
            Deliveries = await session.Sql.ExecuteAsync("DELETE FROM deliveries WHERE message_id = @id", cancellationToken, ("@id", messageId)),
            OtherRows = others,
        };
        return counts with { Messages = await session.Sql.ExecuteAsync("DELETE FROM messages WHERE id = @id", cancellationToken, ("@id", messageId)) };
    }

    private static async ValueTask<PurgeCounts> EraseContentAsync(MoveSession session, Guid messageId, Found message, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "UPDATE messages SET body_key = NULL, context_json = NULL, verdict_json = @verdict WHERE id = @id",
            cancellationToken,
            ("@verdict", message.VerdictJson is null ? null : VerdictRedaction.Of(message.VerdictJson)),
            ("@id", messageId));
        await RedactFindingsAsync(session, messageId, cancellationToken);
        return new PurgeCounts { OtherRows = await session.Sql.ExecuteAsync("DELETE FROM message_texts WHERE message_id = @id", cancellationToken, ("@id", messageId)) };
    }

    private static async ValueTask RedactFindingsAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken)
    {
        foreach (var (id, why, plan) in await session.Sql.QueryAsync(
            "SELECT id, decision_json, plan_json FROM deliveries WHERE message_id = @id", row => (row.GetGuid(0), row.Text(1), row.Text(2)), cancellationToken, ("@id", messageId)))
        {
            await session.Sql.ExecuteAsync(
                "UPDATE deliveries SET decision_json = @why, plan_json = @plan WHERE id = @id", cancellationToken, ("@why", FindingRedaction.Of(why)), ("@plan", FindingRedaction.Of(plan)), ("@id", id));
        }
    }

    private static async ValueTask<int> RedactEventsAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken)
    {
        var events = await session.Sql.QueryAsync("SELECT id, data FROM events WHERE message_id = @id", row => (row.GetGuid(0), row.GetString(1)), cancellationToken, ("@id", messageId));
        foreach (var (id, data) in events)
            await session.Sql.ExecuteAsync("UPDATE events SET data = @data WHERE id = @id", cancellationToken, ("@data", EventRedaction.Of(data)), ("@id", id));
        return events.Count;
    }

    /// <summary>Who acted, what it was and when stay; on which address and with which words do not.</summary>
    private static ValueTask<int> EraseAuditAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE audit_personal SET target = '', target_salt = NULL, detail = '', detail_salt = NULL, erased_at = @now WHERE message_id = @id AND erased_at IS NULL",
        cancellationToken,
        ("@now", session.NowMilliseconds),
        ("@id", messageId));

    /// <summary>What the receivers of its events answered may quote them.</summary>
    private static ValueTask<int> ForgetAnswersAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        UPDATE webhook_attempts SET excerpt = NULL, error = NULL WHERE (excerpt IS NOT NULL OR error IS NOT NULL)
            AND delivery_id IN (SELECT id FROM webhook_deliveries WHERE event_id IN (SELECT id FROM events WHERE message_id = @id))
        """,
        cancellationToken,
        ("@id", messageId));

    private static async ValueTask LeaveWorkAsync(MoveSession session, Guid tenantId, Guid messageId, Found message, bool whole, Guid? purgeId, IReadOnlyList<Guid> mailboxes, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO purge_work (id, tenant_id, purge_id, message_id, body_name, whole, sender, mailboxes, after_sequence, created_at)
            VALUES (@id, @tenant, @purge, @message, @body, @whole, @sender, @mailboxes, (SELECT last_sequence FROM feed_counters WHERE tenant_id = @tenant), @now)
            """,
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", tenantId),
            ("@purge", purgeId),
            ("@message", messageId),
            ("@body", message.BodyName),
            ("@whole", whole),
            ("@sender", message.MailFrom),
            ("@mailboxes", PurgeJson.Write(mailboxes)),
            ("@now", session.NowMilliseconds));

    private sealed record Found(string BodyName, bool HasKey, DateTimeOffset ReceivedAt, string MailFrom, string? FromAddress, string? FromName, bool IsPending, string? VerdictJson, Guid? SenderMailbox);
}
