using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Copies;

/// <summary>
/// Copies for the tenant's own keeping. A copy of a mail that nobody got must not exist, so that a copy has no time of its own: it leaves
/// in the transaction in which the mail first leaves for somebody, and is cancelled in the one in which the last of the others is stopped.
/// It is locked before the others are looked at, so that of two that end at once the later sees both.
/// </summary>
internal static class CopyMoves
{
    /// <summary>Why a copy went: a rule asked for it.</summary>
    public const string Copied = "copy";

    /// <summary>Why a copy was cancelled: the mail left for nobody.</summary>
    public const string NothingLeft = "nothing-left";

    private const string Left = $"'{nameof(DeliveryState.Queued)}', '{nameof(DeliveryState.Released)}', '{nameof(DeliveryState.Delivered)}', '{nameof(DeliveryState.Failed)}'";

    /// <summary>May still leave: waits for its scan, in a stage, or for a person.</summary>
    private const string Open = $"{DeliverySql.Received}, {DeliverySql.Staged}, '{nameof(DeliveryState.Held)}', '{nameof(DeliveryState.Quarantined)}'";

    /// <summary>With the end of the scan. One that is there already, of an earlier scan, stays, and goes by what became of the mail now.</summary>
    public static async ValueTask AddAsync(MoveSession session, MessageSummary message, IReadOnlyList<NewCopy> copies, CancellationToken cancellationToken)
    {
        List<string> there = copies.Count == 0 ? [] : await session.Sql.QueryAsync("SELECT recipient FROM deliveries WHERE message_id = @message", row => row.GetString(0), cancellationToken, ("@message", message.Id));
        foreach (var copy in copies.Where(copy => !there.Contains(copy.Recipient, StringComparer.OrdinalIgnoreCase)).DistinctBy(copy => copy.Recipient, StringComparer.OrdinalIgnoreCase))
        {
            var id = Guid.CreateVersion7(session.Now);
            // Its sender is not told of it: it is no delivery of theirs, and a failure is none of their business.
            await session.Sql.ExecuteAsync(
                """
                INSERT INTO deliveries (id, tenant_id, message_id, recipient, mailbox_id, notify, state, action, decision_json, plan_json, attempts, changed_at, is_copy)
                VALUES (@id, @tenant, @message, @recipient, @mailbox, 'NEVER', @state, 'deliver', @why, @plan, 0, @now, TRUE)
                """,
                cancellationToken,
                ("@id", id),
                ("@tenant", message.TenantId),
                ("@message", message.Id),
                ("@recipient", copy.Recipient),
                ("@mailbox", copy.MailboxId),
                ("@state", nameof(DeliveryState.Waiting)),
                ("@why", RuleJson.Write(copy.Why)),
                ("@plan", SendJson.Write(SendPlan.Of(new SendStage.Follow()))),
                ("@now", session.NowMilliseconds));
            session.Record(DeliveryEvents.Of(message, Moved(id, copy.Recipient, DeliveryState.Waiting, copy.Why, Copied), session.Now));
        }

        await SettleAsync(session, message.Id, cancellationToken);
    }

    /// <summary>After a move of a delivery of the message: its copies go with the first that leaves, and not at all once none can.</summary>
    public static async ValueTask SettleAsync(MoveSession session, Guid messageId, CancellationToken cancellationToken)
    {
        var copies = await session.Sql.QueryAsync(
            $"SELECT id, recipient, decision_json FROM deliveries WHERE message_id = @message AND is_copy = TRUE AND state = '{nameof(DeliveryState.Waiting)}' ORDER BY id{session.Dialect.ForUpdate}",
            row => (Id: row.GetGuid(0), Recipient: row.GetString(1), Why: RuleJson.FindDecision(row.Text(2))),
            cancellationToken,
            ("@message", messageId));
        if (copies.Count == 0)
            return;
        var to = await AnyAsync(session, messageId, Left, cancellationToken) ? DeliveryState.Queued
            : await AnyAsync(session, messageId, Open, cancellationToken) ? DeliveryState.Waiting
            : DeliveryState.Cancelled;
        if (to == DeliveryState.Waiting)
            return;
        long? queued = to == DeliveryState.Queued ? session.NowMilliseconds : null;
        var message = await session.Sql.FirstAsync($"SELECT {MessageSummary.Columns} FROM messages WHERE id = @id", MessageSummary.Read, cancellationToken, ("@id", messageId));
        foreach (var copy in copies)
        {
            await session.Sql.ExecuteAsync(
                "UPDATE deliveries SET state = @to, plan_json = NULL, due_at = @due, queued_at = @queued, changed_at = @now WHERE id = @id",
                cancellationToken,
                ("@to", to.ToString()),
                ("@due", queued),
                ("@queued", queued),
                ("@now", session.NowMilliseconds),
                ("@id", copy.Id));
            session.Record(DeliveryEvents.Of(message!, Moved(copy.Id, copy.Recipient, to, copy.Why, to == DeliveryState.Cancelled ? NothingLeft : Copied), session.Now));
        }
    }

    private static ValueTask<bool> AnyAsync(MoveSession session, Guid messageId, string states, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"SELECT 1 FROM deliveries WHERE message_id = @message AND is_copy = FALSE AND state IN ({states})", _ => true, cancellationToken, ("@message", messageId));

    private static DeliveryMoved Moved(Guid id, string recipient, DeliveryState state, DecisionRecord? why, string reason) =>
        new(id, recipient, state) { Action = "deliver", Reason = reason, Rule = why?.Rule };
}
