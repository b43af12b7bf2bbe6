using System.Data.Common;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Sending;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing;

/// <summary>
/// How a delivery gets from stage to stage, and out of them. Every move names the state that it leaves in its WHERE, so that of two that
/// meet one finds nothing to do. A delivery is locked before its approval.
/// </summary>
internal static class StageMoves
{
    /// <summary>How the event of a cancellation without a person says why.</summary>
    public const string NotConfirmed = "not-confirmed";

    private const string Columns = "d.id, d.message_id, d.recipient, d.state, d.action, d.plan_json, d.sender_mailbox_id, d.decision_json, d.tenant_id";

    /// <summary>Ends the stages whose time is over, oldest first. What another process ends at the same time is passed over, and so is what cannot be read.</summary>
    /// <param name="unread">Deliveries whose plan this version cannot read; they stay as they are.</param>
    public static async ValueTask<int> EndDueAsync(MoveSession session, int max, ICollection<Guid> unread, CancellationToken cancellationToken)
    {
        List<StoredApproval> begun = [];
        var ended = 0;
        var (at, after) = (long.MinValue, Guid.Empty);
        // What cannot be read stands first for ever: behind it is looked for what can.
        while (true)
        {
            var page = await session.Sql.QueryAsync(
                $"""
                SELECT {Columns}, d.due_at FROM deliveries d WHERE d.due_at <= @now AND d.state IN ({DeliverySql.Staged}) AND (d.due_at > @at OR (d.due_at = @at AND d.id > @after))
                ORDER BY d.due_at, d.id LIMIT @max{session.Dialect.SkipLocked}
                """,
                row => (Id: row.GetGuid(0), Due: row.GetInt64(9), Delivery: PlanReading.Find(row, Read)),
                cancellationToken,
                ("@now", session.NowMilliseconds),
                ("@at", at),
                ("@after", after),
                ("@max", (long)max));
            foreach (var (id, _, delivery) in page)
            {
                if (delivery is null || !await EndAsync(session, delivery, begun, cancellationToken))
                    unread.Add(id);
                else
                    ended++;
            }

            if (ended > 0 || page.Count < max)
                break;
            (after, at, _) = page[^1];
        }

        await ApprovalMoves.AskAsync(session, begun, MailOrderKinds.ApprovalRequested, cancellationToken);
        return ended;
    }

    /// <summary>The current stage ended well. False: the delivery is in another state already.</summary>
    /// <param name="begun">Takes the approval that begins; the caller asks for all of them at once.</param>
    public static async ValueTask<bool> NextAsync(
        MoveSession session, StagedDelivery delivery, string? actor, ICollection<StoredApproval> begun, CancellationToken cancellationToken, string? reason = null)
    {
        var rest = delivery.Plan.Rest;
        // The last stage ends while its sender is blocked: it is held with what waited for the relay.
        var isBlocked = rest.Current is null && delivery.Sender is { } sender && await SendChecks.BlockedUntilAsync(session, delivery.TenantId, sender, cancellationToken) is not null;
        var to = isBlocked ? DeliveryState.Held : rest.State;
        long? queued = to == DeliveryState.Queued ? session.NowMilliseconds : null;
        var moved = await session.Sql.ExecuteAsync(
            "UPDATE deliveries SET state = @to, plan_json = @plan, due_at = @due, queued_at = @queued, last_status = @status, changed_at = @now WHERE id = @id AND state = @from",
            cancellationToken,
            ("@to", to.ToString()),
            ("@plan", SendJson.Write(rest)),
            ("@due", rest.Current is { } stage ? (session.Now + stage.Lasts).ToUnixTimeMilliseconds() : queued),
            ("@queued", queued),
            ("@status", isBlocked ? SendChecks.AccountBlocked : null),
            ("@now", session.NowMilliseconds),
            ("@id", delivery.Id),
            ("@from", delivery.State.ToString()));
        if (moved != 1)
            return false;
        if (isBlocked)
            await SendChecks.KeepHeldAsync(session, delivery.Id, delivery.Why, cancellationToken);
        var message = await RecordAsync(session, delivery, to, actor, isBlocked ? SendChecks.AccountBlocked : reason, cancellationToken);
        if (rest.Current is SendStage.Approve approval)
        {
            foreach (var started in await ApprovalMoves.StartAsync(session, message, [new StartedStage(delivery.Id, approval)], cancellationToken))
                begun.Add(started);
        }
        if (to == DeliveryState.Queued)
            await CopyMoves.SettleAsync(session, delivery.MessageId, cancellationToken);

        return true;
    }

    /// <summary>The delivery does not go out. False: it is in another state already.</summary>
    public static async ValueTask<bool> EndAsync(MoveSession session, StagedDelivery delivery, StageEnd end, CancellationToken cancellationToken)
    {
        var moved = await session.Sql.ExecuteAsync(
            $"UPDATE deliveries SET state = @to, plan_json = NULL, due_at = NULL, changed_at = @now WHERE id = @id AND state IN ({DeliverySql.Into(end.To)})",
            cancellationToken,
            ("@to", end.To.ToString()),
            ("@now", session.NowMilliseconds),
            ("@id", delivery.Id));
        if (moved != 1)
            return false;
        await RecordAsync(session, delivery, end.To, end.Actor, end.Reason, cancellationToken);
        if (end.To == DeliveryState.Cancelled)
            await ApprovalMoves.CancelAsync(session, delivery.Id, cancellationToken);
        await CopyMoves.SettleAsync(session, delivery.MessageId, cancellationToken);
        return true;
    }

    /// <summary>One delivery, locked; null: there is none.</summary>
    public static ValueTask<StagedDelivery?> FindAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"SELECT {Columns} FROM deliveries d WHERE d.id = @id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@id", deliveryId));

    /// <summary>Those of a message that its sender made, in the order of their ids, locked. Copies go with them, and nobody ends them by themselves.</summary>
    public static ValueTask<List<StagedDelivery>> OfMessageAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken) => session.Sql.QueryAsync(
        $"SELECT {Columns} FROM deliveries d WHERE d.message_id = @message AND d.is_copy = FALSE ORDER BY d.id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@message", messageId));

    /// <returns>False: what it waits for cannot be read.</returns>
    private static async ValueTask<bool> EndAsync(MoveSession session, StagedDelivery delivery, ICollection<StoredApproval> begun, CancellationToken cancellationToken)
    {
        switch (delivery.State)
        {
            case DeliveryState.Waiting:
                await NextAsync(session, delivery, actor: null, begun, cancellationToken);
                return true;
            case DeliveryState.AwaitingConfirmation:
                await EndAsync(session, delivery, new StageEnd(DeliveryState.Cancelled, NotConfirmed), cancellationToken);
                return true;
            default:
                return await ApprovalMoves.ExpireAsync(session, delivery, begun, cancellationToken);
        }
    }

    private static async ValueTask<MessageSummary> RecordAsync(MoveSession session, StagedDelivery delivery, DeliveryState to, string? actor, string? reason, CancellationToken cancellationToken)
    {
        var (message, verdict) = await session.Sql.FirstAsync(
            $"SELECT {MessageSummary.Columns}, verdict_json FROM messages WHERE id = @id",
            row => (MessageSummary.Read(row), row.Text(MessageSummary.ColumnCount)),
            cancellationToken,
            ("@id", delivery.MessageId));
        var moved = new DeliveryMoved(delivery.Id, delivery.Recipient, to) { Action = delivery.Action, Actor = actor, Reason = reason, Verdict = StoredJson.FindVerdict(verdict) };
        session.Record(DeliveryEvents.Of(message!, moved, session.Now));
        return message!;
    }

    private static StagedDelivery Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Name<DeliveryState>(3), row.Text(4), SendJson.ReadPlan(row.Text(5)), row.Id(6), RuleJson.FindDecision(row.Text(7)), row.GetGuid(8));
}

/// <summary>A delivery of outgoing mail within a move.</summary>
internal sealed record StagedDelivery(Guid Id, Guid MessageId, string Recipient, DeliveryState State, string? Action, SendPlan Plan, Guid? Sender, DecisionRecord? Why, Guid TenantId);

/// <summary>How a delivery ended that does not go out.</summary>
internal sealed record StageEnd(DeliveryState To, string? Reason = null, string? Actor = null);
