using System.Data.Common;
using Platform.Storage.Accounts;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>A delivery whose stage is now an approval.</summary>
internal sealed record StartedStage(Guid DeliveryId, SendStage.Approve Stage);

/// <summary>Approvals within a transaction: begun with the stage of their delivery, ended with it. The delivery is locked before its approval.</summary>
internal static class ApprovalMoves
{
    public const string Expired = "approval-expired";

    private const string Columns = "id, tenant_id, message_id, delivery_id, mailbox_id, chain, steps, step, on_expiry, remind_hours, author_mailbox_id, senders";

    /// <summary>Begins the approvals of deliveries of one message; whoever begins them asks the approvers. A chain that is gone has nobody who could approve: the delivery waits for its expiry, and is declined then.</summary>
    public static async ValueTask<IReadOnlyList<StoredApproval>> StartAsync(MoveSession session, MessageSummary message, IReadOnlyCollection<StartedStage> stages, CancellationToken cancellationToken)
    {
        if (stages.Count == 0)
            return [];
        var sender = await SenderAsync(session, message, cancellationToken);
        // Whoever can send as the mailbox now counts as its sender for good, whatever is removed meanwhile.
        sender = sender with { Kept = AccountIds.Write(await new Approvers(session.Sql).SendersAsync(sender, cancellationToken)) };
        List<StoredApproval> begun = [];
        foreach (var ofChain in stages.GroupBy(stage => stage.Stage.ChainId))
        {
            var (steps, expiry, remind) = await session.Sql.FirstAsync(
                "SELECT steps, on_expiry, remind_hours FROM approval_chains WHERE id = @id AND tenant_id = @tenant",
                row => (row.GetString(0), row.Name<ApprovalExpiry>(1), row.GetInt32(2)),
                cancellationToken,
                ("@id", ofChain.Key),
                ("@tenant", message.TenantId));
            foreach (var (delivery, stage) in ofChain)
            {
                var approval = new StoredApproval(Guid.CreateVersion7(session.Now), message.Id, delivery, sender, stage.Chain, ApprovalJson.ReadSteps(steps ?? "[]"), 0, expiry, remind);
                await WriteAsync(session, approval, stage, cancellationToken);
                begun.Add(approval);
            }
        }

        return begun;
    }

    /// <summary>Whether somebody of the scope counts as the sender of a mail.</summary>
    public static async ValueTask<bool> IsOfSenderAsync(MoveSession session, MessageSummary message, Scope scope, CancellationToken cancellationToken)
    {
        var sender = await SenderAsync(session, message, cancellationToken);
        // Whose reach is the sending mailbox acts as its owner, also by a link.
        if (!scope.IsWhole && (scope.Reaches(sender.MailboxId) || scope.Reaches(sender.AuthorId)))
            return true;
        return (await new Approvers(session.Sql).SendersAsync(sender, cancellationToken)).Overlaps(scope.People);
    }

    /// <summary>Nobody decided in time. What nobody could have decided over goes nowhere.</summary>
    /// <returns>False: its steps cannot be read, and nothing was done.</returns>
    public static async ValueTask<bool> ExpireAsync(MoveSession session, StagedDelivery delivery, ICollection<StoredApproval> begun, CancellationToken cancellationToken)
    {
        var (found, approval) = await session.Sql.FirstAsync(Waiting(session), row => (true, PlanReading.Find(row, Read)), cancellationToken, ("@delivery", delivery.Id));
        if (found && approval is null)
            return false;
        var goesOn = approval is { OnExpiry: ApprovalExpiry.Send } && await CouldBeApprovedAsync(session, approval, cancellationToken);
        if (approval is not null)
            await EndAsync(session, approval.Id, ApprovalState.Expired, cancellationToken);
        var moved = goesOn
            ? await StageMoves.NextAsync(session, delivery, actor: null, begun, cancellationToken, Expired)
            : await StageMoves.EndAsync(session, delivery, new StageEnd(DeliveryState.Declined, Expired), cancellationToken);
        if (moved && approval is not null)
            await TellSenderAsync(session, approval, goesOn ? "expired-sent" : "expired", [delivery.Recipient], "", cancellationToken);
        return true;
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
            row => (Id: row.GetGuid(0), Hours: row.GetInt32(9), Approval: PlanReading.Find(row, Read)),
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@max", (long)max));
        foreach (var (id, hours, _) in due)
        {
            await session.Sql.ExecuteAsync(
                "UPDATE approvals SET remind_at = @next WHERE id = @id", cancellationToken, ("@next", (session.Now + TimeSpan.FromHours(hours)).ToUnixTimeMilliseconds()), ("@id", id));
        }

        await AskAsync(session, [.. due.Select(one => one.Approval).OfType<StoredApproval>()], MailOrderKinds.ApprovalReminder, cancellationToken);
        return due.Count;
    }

    /// <summary>The one that a delivery waits for, locked; null: it waits for none.</summary>
    public static ValueTask<StoredApproval?> FindAsync(MoveSession session, Guid deliveryId, CancellationToken cancellationToken) =>
        session.Sql.FirstAsync(Waiting(session), Read, cancellationToken, ("@delivery", deliveryId));

    public static ValueTask<int> EndAsync(MoveSession session, Guid approvalId, ApprovalState state, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE approvals SET state = @state, ended_at = @now, remind_at = NULL WHERE id = @id",
        cancellationToken,
        ("@state", state.ToString()),
        ("@now", session.NowMilliseconds),
        ("@id", approvalId));

    /// <summary>A mail for each approver of the current steps and each deputy; one for all recipients of a message that wait for the same.</summary>
    public static async ValueTask AskAsync(MoveSession session, IReadOnlyCollection<StoredApproval> approvals, string kind, CancellationToken cancellationToken)
    {
        var book = new Approvers(session.Sql);
        foreach (var asked in approvals.Where(approval => approval.Current is not null).GroupBy(approval => (approval.MessageId, approval.Sender, approval.Chain, Step: ApprovalJson.Write([approval.Current!]))))
        {
            var first = asked.First();
            var approvers = await book.OfStepAsync(first.Sender, first.Current!, cancellationToken);
            var deputies = await book.DeputiesAsync(first.Sender, approvers, session.Now, cancellationToken);
            var votes = await ApprovalVotes.OfMessageAsync(session.Sql, first.MessageId, cancellationToken);
            var facts = new Dictionary<string, string> { ["message"] = first.MessageId.ToString(), ["chain"] = first.Chain };
            await AddMailFactsAsync(session, first.MessageId, facts, cancellationToken);
            foreach (var who in approvers.Concat(deputies).DistinctBy(one => one.Id).Where(one => asked.Any(approval => !votes.Deciders(approval.Id).Contains(one.Id))))
                await MailOrders.AddAsync(session, first.TenantId, first.MessageId, who.Address, who.Language, kind, facts, cancellationToken, once: true);
        }
    }

    /// <param name="state"><c>approved</c>, <c>declined</c>, <c>expired</c> or <c>expired-sent</c>.</param>
    public static async ValueTask TellSenderAsync(MoveSession session, StoredApproval approval, string state, IReadOnlyList<string> recipients, string comment, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string> { ["state"] = state, ["recipient"] = string.Join(", ", recipients), ["note"] = comment };
        await AddMailFactsAsync(session, approval.MessageId, facts, cancellationToken);
        await MailOrders.AddForSenderAsync(session, approval.TenantId, approval.MessageId, MailOrderKinds.ApprovalDecided, facts, cancellationToken);
    }

    /// <summary>Each step that is left has somebody who could have decided over it, and no two of them the same one alone.</summary>
    private static async ValueTask<bool> CouldBeApprovedAsync(MoveSession session, StoredApproval approval, CancellationToken cancellationToken)
    {
        if (approval.Current is null)
            return false;
        var book = new Approvers(session.Sql);
        var votes = await ApprovalVotes.OfMessageAsync(session.Sql, approval.MessageId, cancellationToken);
        var decided = votes.Deciders(approval.Id);
        List<StepPeople> left = [];
        for (var step = approval.Step; step < approval.Steps.Count; step++)
        {
            var filled = votes.Filled(approval.Id, step);
            var people = (await book.OfStepAsync(approval.Sender, approval.Steps[step], cancellationToken)).Select(approver => approver.Id).Where(id => !filled.Contains(id) && !decided.Contains(id));
            left.Add(new StepPeople([.. people], approval.Steps[step].All));
        }

        return FourEyes.Suffice(left);
    }

    private static string Waiting(MoveSession session) =>
        $"SELECT {Columns} FROM approvals WHERE delivery_id = @delivery AND state = '{nameof(ApprovalState.Waiting)}'{session.Dialect.ForUpdate}";

    private static async ValueTask<MailSender> SenderAsync(MoveSession session, MessageSummary message, CancellationToken cancellationToken)
    {
        var (sender, author, by) = await session.Sql.FirstAsync(
            "SELECT sender_mailbox_id, author_mailbox_id, submitted_by FROM messages WHERE id = @id", row => (row.Id(0), row.Id(1), row.Text(2)), cancellationToken, ("@id", message.Id));
        return new MailSender(message.TenantId, sender, author, by);
    }

    private static ValueTask<int> WriteAsync(MoveSession session, StoredApproval approval, SendStage.Approve stage, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO approvals (id, tenant_id, message_id, delivery_id, mailbox_id, author_mailbox_id, senders, chain_id, chain, steps, step, on_expiry, reasons, state, started_at, expires_at, remind_at, remind_hours)
        VALUES (@id, @tenant, @message, @delivery, @mailbox, @author, @senders, @chainId, @chain, @steps, 0, @expiry, @reasons, @state, @now, @expires, @remindAt, @remindHours)
        """,
        cancellationToken,
        ("@id", approval.Id),
        ("@tenant", approval.TenantId),
        ("@message", approval.MessageId),
        ("@delivery", approval.DeliveryId),
        ("@mailbox", approval.Sender.MailboxId ?? Guid.Empty),
        ("@author", approval.Sender.AuthorId),
        ("@senders", approval.Sender.Kept),
        ("@chainId", stage.ChainId),
        ("@chain", stage.Chain),
        ("@steps", ApprovalJson.Write(approval.Steps)),
        ("@expiry", approval.OnExpiry.ToString()),
        ("@reasons", ApprovalJson.Write(stage.Reasons)),
        ("@state", nameof(ApprovalState.Waiting)),
        ("@now", session.NowMilliseconds),
        ("@expires", (session.Now + stage.Lasts).ToUnixTimeMilliseconds()),
        ("@remindAt", approval.RemindHours > 0 ? (session.Now + TimeSpan.FromHours(approval.RemindHours)).ToUnixTimeMilliseconds() : null),
        ("@remindHours", approval.RemindHours));

    private static async ValueTask AddMailFactsAsync(MoveSession session, Guid messageId, Dictionary<string, string> facts, CancellationToken cancellationToken)
    {
        var (subject, from) = await session.Sql.FirstAsync(
            "SELECT subject, from_address FROM messages WHERE id = @id", row => (row.Text(0), row.Text(1)), cancellationToken, ("@id", messageId));
        facts["subject"] = subject ?? "";
        facts["from"] = from ?? "";
    }

    private static StoredApproval Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(2),
        row.GetGuid(3),
        new MailSender(row.GetGuid(1), row.GetGuid(4) is var mailbox && mailbox == Guid.Empty ? null : mailbox, row.Id(10), row.Text(11)),
        row.GetString(5),
        ApprovalJson.ReadSteps(row.GetString(6)),
        row.GetInt32(7),
        row.Name<ApprovalExpiry>(8),
        row.GetInt32(9));
}

internal sealed record StoredApproval(
    Guid Id, Guid MessageId, Guid DeliveryId, MailSender Sender, string Chain, IReadOnlyList<ApprovalStep> Steps, int Step, ApprovalExpiry OnExpiry, int RemindHours)
{
    public Guid TenantId => Sender.TenantId;

    /// <summary>Null: there is nobody to ask.</summary>
    public ApprovalStep? Current => Step < Steps.Count ? Steps[Step] : null;
}
