using Platform.Storage.Bodies;
using Platform.Storage.Events;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Rules;
using Platform.Storage.Sending;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Transactions;
using Platform.Storage.Transport;

namespace Platform.Storage.Messages;

/// <summary>Claiming deliveries for the relay and writing how each attempt ended.</summary>
internal static class RelayMoves
{
    private const int MaxText = 1_000;

    public static async ValueTask<IReadOnlyList<RelayLease>> ClaimAsync(MoveSession session, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var claimed = await session.Sql.QueryAsync(
            $"""
            UPDATE deliveries SET attempts = attempts + 1, lease_token = @token, due_at = @until
            WHERE id IN (
                SELECT id FROM deliveries WHERE due_at <= @now AND state IN ({DeliverySql.Relayable})
                ORDER BY due_at LIMIT @max{session.Dialect.SkipLocked})
            RETURNING id, message_id, attempts, state, recipient, notify, original_recipient, tag, queued_at, sender_mailbox_id, action, decision_json, form_json,
                (SELECT a.blocked_until FROM send_accounts a WHERE a.id = deliveries.sender_mailbox_id)
            """,
            row => (
                Id: row.GetGuid(0),
                MessageId: row.GetGuid(1),
                Attempt: row.GetInt32(2),
                State: row.Name<DeliveryState>(3),
                Recipient: row.GetString(4),
                Notify: row.Text(5),
                Original: row.Text(6),
                Tag: row.Text(7),
                QueuedAt: row.Time(8),
                Sender: row.Id(9),
                Action: row.Text(10),
                Why: row.Text(11),
                Form: SendJson.ReadForm(row.Text(12)),
                IsBlocked: !row.IsDBNull(13) && row.Time(13) > session.Now),
            cancellationToken,
            ("@token", token),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));

        // What was on its way when its sender was blocked and came back: its worker died, and nobody else sends it. What a person released goes.
        var held = claimed.Where(delivery => delivery is { IsBlocked: true, State: DeliveryState.Queued }).ToList();
        await SendHolds.HoldAsync(
            session, [.. held.Select(delivery => new HeldDelivery(delivery.Id, delivery.MessageId, delivery.Recipient, delivery.Action, RuleJson.FindDecision(delivery.Why)))], cancellationToken);

        var leases = new List<RelayLease>(claimed.Count);
        foreach (var delivery in claimed.Except(held).OrderBy(d => d.QueuedAt))
        {
            var message = await session.Sql.FirstAsync(
                "SELECT tenant_id, mail_from, prologue, smtp, body_name, body_key, received_at, mode, size, verdict_json FROM messages WHERE id = @id",
                row => new RelayLease(
                    delivery.Id,
                    delivery.MessageId,
                    row.GetGuid(0),
                    token,
                    delivery.Attempt,
                    delivery.State,
                    row.GetString(1),
                    delivery.Recipient,
                    delivery.Notify,
                    delivery.Original,
                    row.GetString(2),
                    delivery.Tag,
                    StoredJson.ReadSmtp(row.GetString(3)),
                    new BodyReference(row.GetString(4), row.Bytes(5) ?? []),
                    row.Time(6),
                    delivery.QueuedAt)
                {
                    SenderMailboxId = delivery.Sender,
                    Mode = row.Name<IntakeMode>(7),
                    Size = row.GetInt64(8),
                    Form = delivery.Form,
                    Results = row.Text(9) is { } verdict ? StoredJson.ReadResults(verdict) : [],
                },
                cancellationToken,
                ("@id", delivery.MessageId));
            leases.Add(message!);
        }

        // The same of what was on its way when an attack came from whom it goes to.
        return await AttackerHolds.ClaimedAsync(session, leases, cancellationToken);
    }

    public static async ValueTask<bool> ExtendAsync(MoveSession session, RelayLease lease, TimeSpan time, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            $"UPDATE deliveries SET due_at = @until WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable})",
            cancellationToken,
            ("@until", (session.Now + time).ToUnixTimeMilliseconds()),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token)) == 1;

    public static async ValueTask<bool> ReturnAsync(MoveSession session, RelayLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var isBlocked = await IsBlockedAsync(session, lease, cancellationToken);
        var returned = await session.Sql.FirstAsync(
            $"UPDATE deliveries SET attempts = attempts - 1, lease_token = NULL, due_at = @due WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable}) RETURNING action, decision_json",
            row => new HeldDelivery(lease.DeliveryId, lease.MessageId, lease.Recipient, row.Text(0), RuleJson.FindDecision(row.Text(1))),
            cancellationToken,
            ("@due", dueAt.ToUnixTimeMilliseconds()),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token));
        if (returned is null)
            return false;
        if (!await AttackerHolds.ReturnedAsync(session, lease, status: null, cancellationToken) && isBlocked)
            await SendHolds.HoldAsync(session, [returned], cancellationToken);
        return true;
    }

    public static async ValueTask<bool> CompleteAsync(MoveSession session, RelayLease lease, RelayResult result, CancellationToken cancellationToken)
    {
        // Before the delivery: a block takes its row first, and then what waits for the relay.
        var isBlocked = result is RelayResult.Deferred && await IsBlockedAsync(session, lease, cancellationToken);
        var moved = new DeliveryMoved(lease.DeliveryId, lease.Recipient, lease.State);
        var (to, due, status) = result switch
        {
            RelayResult.Delivered delivered => (DeliveryState.Delivered, (DateTimeOffset?)null, delivered.Response),
            RelayResult.Deferred deferred => (lease.State, deferred.DueAt, $"{deferred.Status} {deferred.Response}"),
            RelayResult.Failed failed => (DeliveryState.Failed, null, $"{failed.Status} {failed.Response}"),
            _ => throw new ArgumentException("Not a result of a relay attempt.", nameof(result)),
        };
        moved = moved with { State = to, Status = status, NextHop = (result as RelayResult.Delivered)?.NextHop, Kind = result is RelayResult.Deferred ? EventKinds.Deferred : null };
        var (changed, action, why, isCopy) = await session.Sql.FirstAsync(
            $"""
            UPDATE deliveries SET state = @to, lease_token = NULL, due_at = @due, last_status = @status, changed_at = @now
            WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable}) RETURNING action, decision_json, is_copy
            """,
            row => (true, row.Text(0), row.Text(1), row.GetBoolean(2)),
            cancellationToken,
            ("@to", to.ToString()),
            ("@due", due?.ToUnixTimeMilliseconds()),
            ("@status", SafeText.Clean(status, MaxText)),
            ("@now", session.NowMilliseconds),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token));
        if (!changed)
            return false;

        await SessionMoves.RecordAsync(session, lease.TenantId, result.Sessions, cancellationToken);
        var (message, verdict) = await session.Sql.FirstAsync(
            $"SELECT {MessageSummary.Columns}, verdict_json FROM messages WHERE id = @id",
            row => (MessageSummary.Read(row), row.Text(MessageSummary.ColumnCount)),
            cancellationToken,
            ("@id", lease.MessageId));
        // A bounce or the reply of a program makes nobody a correspondent.
        if (to == DeliveryState.Delivered && !isCopy && message!.Mode == IntakeMode.Submission && lease.MailFrom.Length > 0)
            await SentRecipients.DeliveredAsync(session, lease.MessageId, lease.Recipient, cancellationToken);
        var isAttackers = result is RelayResult.Deferred && await AttackerHolds.ReturnedAsync(session, lease, status, cancellationToken);
        if (isBlocked && !isAttackers)
            await SendHolds.HoldAsync(session, [new HeldDelivery(lease.DeliveryId, lease.MessageId, lease.Recipient, action, RuleJson.FindDecision(why), status)], cancellationToken);
        else if (!isAttackers)
            session.Record(DeliveryEvents.Of(message!, moved with { Action = action, Reason = isCopy ? CopyMoves.Copied : null, Verdict = StoredJson.FindVerdict(verdict) }, session.Now));
        var notice = result switch
        {
            RelayResult.Delivered delivered => delivered.Notice,
            RelayResult.Failed failed => failed.Bounce,
            _ => null,
        };
        if (notice is not null)
            await AcceptMove.InsertAsync(session, notice, cancellationToken);
        return true;
    }

    /// <summary>The mailbox was blocked while the delivery was on its way. What a person released is none of the block's.</summary>
    private static async ValueTask<bool> IsBlockedAsync(MoveSession session, RelayLease lease, CancellationToken cancellationToken) =>
        lease is { State: DeliveryState.Queued, SenderMailboxId: { } sender } && await SendChecks.BlockedUntilAsync(session, lease.TenantId, sender, cancellationToken) is not null;
}
