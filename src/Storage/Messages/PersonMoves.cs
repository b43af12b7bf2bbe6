using Platform.Storage.Events;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>Moves a person asks for: in scope, allowed from where the delivery stands, told in event and audit log, and the same when asked twice.</summary>
internal static class PersonMoves
{
    /// <param name="note">Of who decides, for the one who asked for the mail.</param>
    public static async ValueTask<MoveOutcome> MoveAsync(MoveSession session, Scope scope, Guid deliveryId, DeliveryState to, CancellationToken cancellationToken, string note = "")
    {
        var messageId = await session.Sql.FirstAsync("SELECT message_id FROM deliveries WHERE id = @id", row => (Guid?)row.GetGuid(0), cancellationToken, ("@id", deliveryId));
        if (messageId is null)
            return new MoveOutcome(MoveStatus.NotFound, null);

        // The message before its deliveries, as the scan does, or the two could wait for each other.
        var (message, purged, verdict) = await session.Sql.FirstAsync(
            $"SELECT {MessageSummary.Columns}, body_key, verdict_json FROM messages WHERE id = @id{session.Dialect.ForUpdate}",
            row => (MessageSummary.Read(row), row.IsDBNull(MessageSummary.ColumnCount), row.Text(MessageSummary.ColumnCount + 1)),
            cancellationToken,
            ("@id", messageId));
        if (message is null || !scope.Tenants.Contains(message.TenantId))
            return new MoveOutcome(MoveStatus.NotFound, null);
        var (recipient, state, released, mailbox, action, planned) = await session.Sql.FirstAsync(
            $"SELECT recipient, state, released_by, mailbox_id, action, plan_json FROM deliveries WHERE id = @id{session.Dialect.ForUpdate}",
            row => (row.GetString(0), row.Name<DeliveryState>(1), !row.IsDBNull(2), row.Id(3), row.Text(4), row.Text(5)),
            cancellationToken,
            ("@id", deliveryId));
        if (!scope.Reaches(mailbox))
            return new MoveOutcome(MoveStatus.NotFound, null);

        // A released delivery that has arrived meanwhile, or waits for its approval, is where the caller wanted it.
        if (state == to || (to == DeliveryState.Released && released && state is DeliveryState.Delivered or DeliveryState.AwaitingApproval))
            return new MoveOutcome(MoveStatus.AlreadyThere, state);
        // A copy that could not be inspected waits for a person too, and its original went its way long ago.
        var isCopy = message.Mode is IntakeMode.Journal or IntakeMode.Import or IntakeMode.Report;
        if (!DeliveryMoves.IsAllowed(state, to) || (purged && to != DeliveryState.Deleted) || (isCopy && to == DeliveryState.Released))
            return new MoveOutcome(MoveStatus.NotAllowed, state);

        var asked = to == DeliveryState.Released && state is DeliveryState.Quarantined or DeliveryState.Held ? SendJson.ReadPlan(planned).Approvals : SendPlan.AtOnce;
        if (asked.Current is not null && await ApprovalMoves.IsOfSenderAsync(session, message, scope, cancellationToken))
            return new MoveOutcome(MoveStatus.OwnMail, state);
        var reached = asked.Current is null ? to : DeliveryState.AwaitingApproval;
        await WriteAsync(session, scope, deliveryId, messageId.Value, to, cancellationToken);
        var moved = new DeliveryMoved(deliveryId, recipient!, reached)
        {
            Actor = scope.Actor,
            Action = action,
            Kind = to == DeliveryState.Received ? EventKinds.Requeued : null,
            Verdict = StoredJson.FindVerdict(verdict),
        };
        session.Record(DeliveryEvents.Of(message, moved, session.Now));
        if (asked.Current is SendStage.Approve approval)
            await AwaitApprovalAsync(session, message, new StartedStage(deliveryId, approval), asked, cancellationToken);
        session.Record(new PendingAudit(message.TenantId, scope.Actor, ActionName(to), deliveryId.ToString(), $$"""{"from":"{{DeliverySql.WireName(state)}}"}""") { MessageId = messageId });
        if (to == DeliveryState.Released && scope.IsWhole && moved.Verdict is { } found)
            await AttackerMoves.ForgiveAsync(session, message, found, cancellationToken);
        if (message.Mode == IntakeMode.Submission)
            await CopyMoves.SettleAsync(session, messageId.Value, cancellationToken);
        if (to is DeliveryState.Released or DeliveryState.Deleted)
            await RequestMoves.SettleAsync(session, scope, deliveryId, approved: to == DeliveryState.Released, note, cancellationToken);
        return new MoveOutcome(MoveStatus.Moved, reached);
    }

    private static async ValueTask WriteAsync(MoveSession session, Scope scope, Guid deliveryId, Guid messageId, DeliveryState to, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "UPDATE deliveries SET state = @to, attempts = 0, lease_token = NULL, due_at = NULL, changed_at = @now WHERE id = @id",
            cancellationToken,
            ("@to", to.ToString()),
            ("@now", session.NowMilliseconds),
            ("@id", deliveryId));
        if (to == DeliveryState.Released)
        {
            await session.Sql.ExecuteAsync(
                "UPDATE deliveries SET due_at = @now, queued_at = @now, released_by = @actor WHERE id = @id",
                cancellationToken,
                ("@now", session.NowMilliseconds),
                ("@actor", scope.Actor),
                ("@id", deliveryId));
        }
        else if (to == DeliveryState.Received)
        {
            // A scan under way does not know of this delivery: its token is made stale, and the next claim sees all that wait.
            await session.Sql.ExecuteAsync(
                $"UPDATE messages SET scan_state = '{nameof(ScanState.Pending)}', scan_attempts = 0, scan_token = NULL, scan_due_at = @now WHERE id = @id",
                cancellationToken,
                ("@now", session.NowMilliseconds),
                ("@id", messageId));
        }
    }

    /// <summary>A person has decided that it goes out, and those of the chain have not: it waits for them, and goes on from there as what was never held.</summary>
    private static async ValueTask AwaitApprovalAsync(MoveSession session, MessageSummary message, StartedStage stage, SendPlan plan, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            $"UPDATE deliveries SET state = '{nameof(DeliveryState.AwaitingApproval)}', plan_json = @plan, due_at = @due, queued_at = NULL WHERE id = @id",
            cancellationToken,
            ("@plan", SendJson.Write(plan)),
            ("@due", (session.Now + stage.Stage.Lasts).ToUnixTimeMilliseconds()),
            ("@id", stage.DeliveryId));
        await ApprovalMoves.AskAsync(session, await ApprovalMoves.StartAsync(session, message, [stage], cancellationToken), MailOrderKinds.ApprovalRequested, cancellationToken);
    }

    private static string ActionName(DeliveryState to) => to switch
    {
        DeliveryState.Released => "delivery.release",
        DeliveryState.Deleted => "delivery.delete",
        DeliveryState.Received => "delivery.rescan",
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, "not a move of a person"),
    };
}
