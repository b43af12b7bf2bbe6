using System.Data.Common;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Approvals within a transaction: begun with the stage of their delivery, ended with it. The delivery is locked before its approval.</summary>
internal static class ApprovalMoves
{
    public const string Expired = "approval-expired";

    private const string Columns = "id, tenant_id, message_id, delivery_id, mailbox_id, chain, steps, step, on_expiry, remind_hours";

    /// <summary>A chain that is gone has nobody who could approve: the delivery waits for its expiry, and is declined then.</summary>
    public static async ValueTask StartAsync(MoveSession session, MessageSummary message, Guid deliveryId, SendStage.Approve stage, CancellationToken cancellationToken)
    {
        var (steps, expiry, remind) = await session.Sql.FirstAsync(
            "SELECT steps, on_expiry, remind_hours FROM approval_chains WHERE id = @id AND tenant_id = @tenant",
            row => (row.GetString(0), row.Name<ApprovalExpiry>(1), row.GetInt32(2)),
            cancellationToken,
            ("@id", stage.ChainId),
            ("@tenant", message.TenantId));
        var mailbox = await session.Sql.FirstAsync("SELECT sender_mailbox_id FROM messages WHERE id = @id", row => row.Id(0), cancellationToken, ("@id", message.Id));
        var approval = new StoredApproval(
            Guid.CreateVersion7(session.Now), message.TenantId, message.Id, deliveryId, mailbox ?? Guid.Empty, stage.Chain, ApprovalJson.ReadSteps(steps ?? "[]"), 0, expiry, remind);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO approvals (id, tenant_id, message_id, delivery_id, mailbox_id, chain_id, chain, steps, step, on_expiry, reasons, state, started_at, expires_at, remind_at, remind_hours)
            VALUES (@id, @tenant, @message, @delivery, @mailbox, @chainId, @chain, @steps, 0, @expiry, @reasons, @state, @now, @expires, @remindAt, @remindHours)
            """,
            cancellationToken,
            ("@id", approval.Id),
            ("@tenant", message.TenantId),
            ("@message", message.Id),
            ("@delivery", deliveryId),
            ("@mailbox", approval.MailboxId),
            ("@chainId", stage.ChainId),
            ("@chain", stage.Chain),
            ("@steps", ApprovalJson.Write(approval.Steps)),
            ("@expiry", expiry.ToString()),
            ("@reasons", ApprovalJson.Write(stage.Reasons)),
            ("@state", nameof(ApprovalState.Waiting)),
            ("@now", session.NowMilliseconds),
            ("@expires", (session.Now + stage.Lasts).ToUnixTimeMilliseconds()),
            ("@remindAt", remind > 0 ? (session.Now + TimeSpan.FromHours(remind)).ToUnixTimeMilliseconds() : null),
            ("@remindHours", remind));
        await AskAsync(session, approval, MailOrderKinds.ApprovalRequested, cancellationToken);
    }

    /// <summary>Nobody decided in time. What nobody could have decided over goes nowhere.</summary>
    public static async ValueTask ExpireAsync(MoveSession session, StagedDelivery delivery, CancellationToken cancellationToken)
    {
        var approval = await FindAsync(session, delivery.Id, cancellationToken);
        var goesOn = approval is { OnExpiry: ApprovalExpiry.Send, Current: { } step }
            && (await Approvers.OfStepAsync(session.Sql, approval.TenantId, approval.MailboxId, step, cancellationToken)).Count > 0;
        var moved = goesOn
            ? await StageMoves.NextAsync(session, delivery, actor: null, cancellationToken, Expired)
            : await StageMoves.EndAsync(session, delivery, new StageEnd(DeliveryState.Declined, Expired), cancellationToken);
        if (!moved || approval is null)
            return;
        await EndAsync(session, approval.Id, ApprovalState.Expired, cancellationToken);
        await TellSenderAsync(session, approval, goesOn ? "expired-sent" : "expired", [delivery.Recipient], "", cancellationToken);
    }

    /// <summary>The delivery was called back.</summary>
    public static async ValueTask CancelAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (await FindAsync(session, deliveryId, cancellationToken) is { } approval)
            await EndAsync(session, approval.Id, ApprovalState.Cancelled, cancellationToken);
    }

    public static async ValueTask<int> RemindAsync(MoveSession session, int max, CancellationToken cancellationToken)
    {
        var due = await session.Sql.QueryAsync(
            $"SELECT {Columns} FROM approvals WHERE state = '{nameof(ApprovalState.Waiting)}' AND remind_at <= @now ORDER BY remind_at LIMIT @max{session.Dialect.SkipLocked}",
            Read,
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));
        foreach (var approval in due)
        {
            await session.Sql.ExecuteAsync(
                "UPDATE approvals SET remind_at = @next WHERE id = @id", cancellationToken, ("@next", (session.Now + TimeSpan.FromHours(approval.RemindHours)).ToUnixTimeMilliseconds()), ("@id", approval.Id));
            await AskAsync(session, approval, MailOrderKinds.ApprovalReminder, cancellationToken);
        }

        return due.Count;
    }

    /// <summary>The one that a delivery waits for, locked; null: it waits for none.</summary>
    public static ValueTask<StoredApproval?> FindAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"SELECT {Columns} FROM approvals WHERE delivery_id = @delivery AND state = '{nameof(ApprovalState.Waiting)}'{session.Dialect.ForUpdate}",
        Read,
        cancellationToken,
        ("@delivery", deliveryId));

    public static ValueTask<int> EndAsync(MoveSession session, Guid approvalId, ApprovalState state, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE approvals SET state = @state, ended_at = @now, remind_at = NULL WHERE id = @id",
        cancellationToken,
        ("@state", state.ToString()),
        ("@now", session.NowMilliseconds),
        ("@id", approvalId));

    /// <summary>A mail for each approver of the current step and each deputy; one for all recipients of a message.</summary>
    public static async ValueTask AskAsync(MoveSession session, StoredApproval approval, string kind, CancellationToken cancellationToken)
    {
        if (approval.Current is not { } step)
            return;
        var approvers = await Approvers.OfStepAsync(session.Sql, approval.TenantId, approval.MailboxId, step, cancellationToken);
        var deputies = await Approvers.DeputiesAsync(session.Sql, approval.TenantId, approvers, session.Now, cancellationToken);
        var senders = await Approvers.SendersAsync(session.Sql, approval.MailboxId, cancellationToken);
        var facts = new Dictionary<string, string> { ["message"] = approval.MessageId.ToString(), ["chain"] = approval.Chain };
        await AddMailFactsAsync(session, approval.MessageId, facts, cancellationToken);
        foreach (var asked in approvers.Concat(deputies).DistinctBy(asked => asked.Id).Where(asked => !senders.Contains(asked.Id)))
            await MailOrders.AddAsync(session, approval.TenantId, approval.MessageId, asked.Address, asked.Language, kind, facts, cancellationToken, once: true);
    }

    /// <param name="state"><c>approved</c>, <c>declined</c>, <c>expired</c> or <c>expired-sent</c>.</param>
    public static async ValueTask TellSenderAsync(MoveSession session, StoredApproval approval, string state, IReadOnlyList<string> recipients, string comment, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string> { ["state"] = state, ["recipient"] = string.Join(", ", recipients), ["note"] = comment };
        await AddMailFactsAsync(session, approval.MessageId, facts, cancellationToken);
        await MailOrders.AddForMailboxAsync(session, approval.TenantId, approval.MessageId, approval.MailboxId, MailOrderKinds.ApprovalDecided, facts, cancellationToken);
    }

    private static async ValueTask AddMailFactsAsync(MoveSession session, Guid messageId, Dictionary<string, string> facts, CancellationToken cancellationToken)
    {
        var (subject, from) = await session.Sql.FirstAsync(
            "SELECT subject, from_address FROM messages WHERE id = @id", row => (row.Text(0), row.Text(1)), cancellationToken, ("@id", messageId));
        facts["subject"] = subject ?? "";
        facts["from"] = from ?? "";
    }

    private static StoredApproval Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), ApprovalJson.ReadSteps(row.GetString(6)), row.GetInt32(7), row.Name<ApprovalExpiry>(8), row.GetInt32(9));
}

internal sealed record StoredApproval(
    Guid Id, Guid TenantId, Guid MessageId, Guid DeliveryId, Guid MailboxId, string Chain, IReadOnlyList<ApprovalStep> Steps, int Step, ApprovalExpiry OnExpiry, int RemindHours)
{
    /// <summary>Null: there is nobody to ask.</summary>
    public ApprovalStep? Current => Step < Steps.Count ? Steps[Step] : null;
}
