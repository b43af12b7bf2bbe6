using Platform.Storage.Bodies;
using Platform.Storage.Events;
using Platform.Storage.Sending;
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
            RETURNING id, message_id, attempts, state, recipient, notify, original_recipient, tag, queued_at
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
                QueuedAt: row.Time(8)),
            cancellationToken,
            ("@token", token),
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));

        var leases = new List<RelayLease>(claimed.Count);
        foreach (var delivery in claimed.OrderBy(d => d.QueuedAt))
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
                    Mode = row.Name<IntakeMode>(7),
                    Size = row.GetInt64(8),
                    Results = row.Text(9) is { } verdict ? StoredJson.ReadResults(verdict) : [],
                },
                cancellationToken,
                ("@id", delivery.MessageId));
            leases.Add(message!);
        }

        return leases;
    }

    public static async ValueTask<bool> ExtendAsync(MoveSession session, RelayLease lease, TimeSpan time, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            $"UPDATE deliveries SET due_at = @until WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable})",
            cancellationToken,
            ("@until", (session.Now + time).ToUnixTimeMilliseconds()),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token)) == 1;

    public static async ValueTask<bool> ReturnAsync(MoveSession session, RelayLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync(
            $"UPDATE deliveries SET attempts = attempts - 1, lease_token = NULL, due_at = @due WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable})",
            cancellationToken,
            ("@due", dueAt.ToUnixTimeMilliseconds()),
            ("@id", lease.DeliveryId),
            ("@token", lease.Token)) == 1;

    public static async ValueTask<bool> CompleteAsync(MoveSession session, RelayLease lease, RelayResult result, CancellationToken cancellationToken)
    {
        var moved = new DeliveryMoved(lease.DeliveryId, lease.Recipient, lease.State);
        var (to, due, status) = result switch
        {
            RelayResult.Delivered delivered => (DeliveryState.Delivered, (DateTimeOffset?)null, delivered.Response),
            RelayResult.Deferred deferred => (lease.State, deferred.DueAt, $"{deferred.Status} {deferred.Response}"),
            RelayResult.Failed failed => (DeliveryState.Failed, null, $"{failed.Status} {failed.Response}"),
            _ => throw new ArgumentException("Not a result of a relay attempt.", nameof(result)),
        };
        moved = moved with { State = to, Status = status, NextHop = (result as RelayResult.Delivered)?.NextHop, Kind = result is RelayResult.Deferred ? EventKinds.Deferred : null };
        var (changed, action, isCopy) = await session.Sql.FirstAsync(
            $"""
            UPDATE deliveries SET state = @to, lease_token = NULL, due_at = @due, last_status = @status, changed_at = @now
            WHERE id = @id AND lease_token = @token AND state IN ({DeliverySql.Relayable}) RETURNING action, is_copy
            """,
            row => (true, row.Text(0), row.GetBoolean(1)),
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
        if (to == DeliveryState.Delivered && !isCopy && message!.Mode == IntakeMode.Submission)
            await SentRecipients.DeliveredAsync(session, lease.MessageId, lease.Recipient, cancellationToken);
        session.Record(DeliveryEvents.Of(message!, moved with { Action = action, Verdict = StoredJson.FindVerdict(verdict) }, session.Now));
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
}
