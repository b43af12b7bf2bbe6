using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

internal sealed class Approvals(IMoveRunner moves, IReadConnections reads, SealedTexts texts, IWorkSignal signal, TimeProvider time) : IApprovals
{
    private const int MaxNote = 500;
    private const int MaxText = 2_000;

    /// <summary>Messages that are looked through at once.</summary>
    private const int PageSize = 100;

    private static readonly Refusal Unknown = new("NOT_FOUND", "No such mail waits for your approval.");

    private static readonly Refusal InvalidNote = new("INVALID_NOTE", "A comment has at most 500 characters and no control characters but line breaks.");

    public async Task<IReadOnlyList<ApprovalMail>> QueueAsync(Guid tenantId, Guid accountId, int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await QueueAsync(sql, tenantId, accountId, null, max, cancellationToken);
    }

    public async Task<ApprovalView?> LookAsync(Guid tenantId, Guid accountId, Guid messageId, CancellationToken cancellationToken)
    {
        ApprovalMail? mail;
        (string? Verdict, BodyReference Body, byte[]? Sealed) content;
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            mail = await QueueAsync(sql, tenantId, accountId, messageId, 1, cancellationToken) is [var one] ? one : null;
            if (mail is null)
                return null;
            content = await sql.FirstAsync(
                "SELECT m.verdict_json, m.body_name, m.body_key, t.sealed FROM messages m LEFT JOIN message_texts t ON t.message_id = m.id WHERE m.id = @id",
                row => (row.Text(0), new BodyReference(row.GetString(1), row.Bytes(2) ?? []), row.Bytes(3)),
                cancellationToken,
                ("@id", messageId));
        }

        await moves.RunAsync(
            (session, _) =>
            {
                session.Record(new PendingAudit(tenantId, Scope.PersonPrefix + accountId, "approval.look", messageId.ToString(), "{}") { MessageId = messageId });
                return ValueTask.FromResult(true);
            },
            cancellationToken);
        var text = content.Sealed is null ? null : (await texts.OpenAsync(tenantId, messageId, content.Body, content.Sealed, cancellationToken))?.Body;
        return new ApprovalView(mail, StoredJson.FindVerdict(content.Verdict), text is { Length: > MaxText } ? text[..MaxText] + "…" : text);
    }

    public async Task<CommandResult<int>> DecideAsync(Guid tenantId, Guid accountId, IReadOnlyList<Guid> deliveryIds, bool approve, string comment, CancellationToken cancellationToken)
    {
        var note = comment.Trim();
        if (note.Length > MaxNote || note.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            return InvalidNote.As<int>();
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                List<StoredApproval> begun = [];
                var voter = new Voter(tenantId, accountId, await new Approvers(session.Sql).DeputisedAsync(tenantId, accountId, session.Now, ct), approve, note);
                var votes = new VoteMoves(session, voter, begun);
                List<(StoredApproval Approval, string Recipient)> ended = [];
                // In one order for all, so that two that decide over the same mails do not wait for each other.
                foreach (var delivery in deliveryIds.Distinct().Order())
                {
                    if (await votes.VoteAsync(delivery, ct) is not { } voted)
                        throw new RefusedException(Unknown);
                    if (voted.Ended)
                        ended.Add((voted.Approval, voted.Recipient));
                }

                await ApprovalMoves.AskAsync(session, begun, MailOrderKinds.ApprovalRequested, ct);
                foreach (var message in ended.GroupBy(end => end.Approval.MessageId))
                    await ApprovalMoves.TellSenderAsync(session, message.First().Approval, approve ? "approved" : "declined", [.. message.Select(end => end.Recipient)], note, ct);
                session.AfterCommit(signal.RelaysReady);
                return deliveryIds.Count > 0 ? deliveryIds.Count : throw new RefusedException(Unknown);
            },
            cancellationToken);
    }

    /// <param name="messageId">Of this message alone; null: of all.</param>
    private async ValueTask<IReadOnlyList<ApprovalMail>> QueueAsync(SqlSession sql, Guid tenantId, Guid accountId, Guid? messageId, int max, CancellationToken cancellationToken)
    {
        var book = new Approvers(sql);
        var standsFor = await book.DeputisedAsync(tenantId, accountId, time.GetUtcNow(), cancellationToken);
        List<ApprovalMail> mails = [];
        var (at, after) = (long.MinValue, Guid.Empty);
        while (mails.Count < max)
        {
            var page = await PageAsync(sql, tenantId, messageId, at, after, cancellationToken);
            foreach (var message in page)
            {
                if (mails.Count < max && await MailAsync(sql, book, accountId, standsFor, message.Waiting, cancellationToken) is { } mail)
                    mails.Add(mail);
            }

            if (messageId is not null || page.Count < PageSize)
                break;
            (at, after) = (page[^1].First, page[^1].MessageId);
        }

        return mails;
    }

    /// <summary>What of a message waits for the account; null: nothing.</summary>
    private static async ValueTask<ApprovalMail?> MailAsync(
        SqlSession sql, Approvers book, Guid accountId, IReadOnlySet<Guid> standsFor, IReadOnlyList<Waiting> waiting, CancellationToken cancellationToken)
    {
        List<Waiting> mine = [];
        ApprovalVotes? votes = null;
        foreach (var one in waiting)
        {
            if (one.Current is not { } step || (await book.SendersAsync(one.Sender, cancellationToken)).Contains(accountId))
                continue;
            var approvers = await book.OfStepAsync(one.Sender, step, cancellationToken);
            if (!approvers.Any(approver => standsFor.Contains(approver.Id)))
                continue;
            votes ??= await ApprovalVotes.OfMessageAsync(sql, one.MessageId, cancellationToken);
            if (votes.PlaceFor(accountId, standsFor, one.ApprovalId, one.Step, approvers) is not null)
                mine.Add(one);
        }

        return mine is not [var first, ..]
            ? null
            : new ApprovalMail(
                first.MessageId,
                first.From,
                first.Subject,
                first.SentAt,
                first.Chain,
                first.ExpiresAt,
                [.. mine.Select(one => new ApprovalDelivery(one.DeliveryId, one.Recipient))],
                [.. mine.SelectMany(one => one.Reasons).Distinct()]);
    }

    /// <summary>All that waits of the next messages, the next to expire first.</summary>
    private static async ValueTask<List<WaitingMessage>> PageAsync(SqlSession sql, Guid tenantId, Guid? messageId, long at, Guid after, CancellationToken cancellationToken)
    {
        (string, object?)[] named = messageId is { } message ? [("@message", message)] : [("@at", at), ("@after", after)];
        var which = messageId is null ? "" : "AND message_id = @message";
        var behind = messageId is null ? "HAVING MIN(expires_at) > @at OR (MIN(expires_at) = @at AND message_id > @after)" : "";
        var rows = await sql.QueryAsync(
            $"""
            SELECT a.message_id, a.delivery_id, a.mailbox_id, a.steps, a.step, a.chain, a.reasons, a.expires_at, d.recipient, m.subject, m.from_address, m.received_at, a.id, a.author_mailbox_id, a.senders, p.first
            FROM (
                SELECT message_id, MIN(expires_at) AS first FROM approvals WHERE tenant_id = @tenant AND state = '{nameof(ApprovalState.Waiting)}' {which}
                GROUP BY message_id {behind} ORDER BY 2, 1 LIMIT {PageSize}) p
            JOIN approvals a ON a.message_id = p.message_id AND a.state = '{nameof(ApprovalState.Waiting)}' JOIN deliveries d ON d.id = a.delivery_id JOIN messages m ON m.id = a.message_id
            WHERE a.tenant_id = @tenant ORDER BY p.first, p.message_id, a.expires_at, a.id
            """,
            row => (MessageId: row.GetGuid(0), First: row.GetInt64(15), One: PlanReading.Find(row, of => new Waiting(
                of.GetGuid(0),
                of.GetGuid(1),
                new MailSender(tenantId, of.GetGuid(2) is var mailbox && mailbox == Guid.Empty ? null : mailbox, of.Id(13), of.Text(14)),
                ApprovalJson.ReadSteps(of.GetString(3)),
                of.GetInt32(4),
                of.GetString(5),
                ApprovalJson.ReadReasons(of.GetString(6)),
                of.Time(7),
                of.GetString(8),
                of.Text(9),
                of.Text(10) ?? "",
                of.Time(11),
                of.GetGuid(12)))),
            cancellationToken,
            [("@tenant", tenantId), .. named]);
        return [.. rows.GroupBy(row => (row.MessageId, row.First)).Select(of => new WaitingMessage(of.Key.MessageId, of.Key.First, [.. of.Select(row => row.One).OfType<Waiting>()]))];
    }

    /// <param name="First">When the first approval of it expires, in Unix milliseconds.</param>
    private sealed record WaitingMessage(Guid MessageId, long First, IReadOnlyList<Waiting> Waiting);

    private sealed record Waiting(
        Guid MessageId, Guid DeliveryId, MailSender Sender, IReadOnlyList<ApprovalStep> Steps, int Step, string Chain, IReadOnlyList<SendReason> Reasons, DateTimeOffset ExpiresAt, string Recipient, string? Subject, string From, DateTimeOffset SentAt, Guid ApprovalId)
    {
        public ApprovalStep? Current => Step < Steps.Count ? Steps[Step] : null;
    }
}
