using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

internal sealed class Approvals(IMoveRunner moves, IReadConnections reads, SealedTexts texts, IWorkSignal signal, TimeProvider time) : IApprovals
{
    private const int MaxNote = 500;
    private const int MaxText = 2_000;

    /// <summary>Waiting approvals of a tenant that are looked through for one account.</summary>
    private const int MaxLooked = 2_000;

    private static readonly Refusal Unknown = new("NOT_FOUND", "No such mail waits for your approval.");

    private static readonly Refusal InvalidNote = new("INVALID_NOTE", "A comment has at most 500 characters and no control characters but line breaks.");

    public async Task<IReadOnlyList<ApprovalMail>> QueueAsync(Guid tenantId, Guid accountId, int max, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await QueueAsync(sql, tenantId, accountId, "", max, cancellationToken);
    }

    public async Task<ApprovalView?> LookAsync(Guid tenantId, Guid accountId, Guid messageId, CancellationToken cancellationToken)
    {
        ApprovalMail? mail;
        (string? Verdict, BodyReference Body, byte[]? Sealed) content;
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            mail = await QueueAsync(sql, tenantId, accountId, "AND a.message_id = @message", 1, cancellationToken, ("@message", messageId)) is [var one] ? one : null;
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
                var voter = new Voter(tenantId, accountId, await Approvers.DeputisedAsync(session.Sql, tenantId, accountId, session.Now, ct), approve, note);
                List<(StoredApproval Approval, string Recipient)> ended = [];
                // In one order for all, so that two that decide over the same mails do not wait for each other.
                foreach (var delivery in deliveryIds.Distinct().Order())
                {
                    if (await VoteMoves.VoteAsync(session, voter, delivery, ct) is not { } voted)
                        throw new RefusedException(Unknown);
                    if (voted.Ended)
                        ended.Add((voted.Approval, voted.Recipient));
                }

                foreach (var message in ended.GroupBy(end => end.Approval.MessageId))
                    await ApprovalMoves.TellSenderAsync(session, message.First().Approval, approve ? "approved" : "declined", [.. message.Select(end => end.Recipient)], note, ct);
                session.AfterCommit(signal.RelaysReady);
                return deliveryIds.Count > 0 ? deliveryIds.Count : throw new RefusedException(Unknown);
            },
            cancellationToken);
    }

    private async ValueTask<IReadOnlyList<ApprovalMail>> QueueAsync(
        SqlSession sql, Guid tenantId, Guid accountId, string which, int max, CancellationToken cancellationToken, params (string, object?)[] values)
    {
        var waiting = await sql.QueryAsync(
            $"""
            SELECT a.message_id, a.delivery_id, a.mailbox_id, a.steps, a.step, a.chain, a.reasons, a.expires_at, d.recipient, m.subject, m.from_address, m.received_at, a.id
            FROM approvals a JOIN deliveries d ON d.id = a.delivery_id JOIN messages m ON m.id = a.message_id
            WHERE a.tenant_id = @tenant AND a.state = '{nameof(ApprovalState.Waiting)}' {which} ORDER BY a.expires_at, a.id LIMIT {MaxLooked}
            """,
            row => new Waiting(
                row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), ApprovalJson.ReadSteps(row.GetString(3)), row.GetInt32(4), row.GetString(5), ApprovalJson.ReadReasons(row.GetString(6)), row.Time(7), row.GetString(8), row.Text(9), row.Text(10) ?? "", row.Time(11), row.GetGuid(12)),
            cancellationToken,
            [("@tenant", tenantId), .. values]);
        var deputised = await Approvers.DeputisedAsync(sql, tenantId, accountId, time.GetUtcNow(), cancellationToken);
        var asked = new Dictionary<(Guid Mailbox, string Step), HashSet<Guid>>();
        List<ApprovalMail> mails = [];
        foreach (var group in waiting.GroupBy(one => one.MessageId))
        {
            List<Waiting> mine = [];
            foreach (var one in group)
            {
                if (one.Current is not { } step)
                    continue;
                // Many mails wait for the same step.
                var key = (one.MailboxId, ApprovalJson.Write([step]));
                if (!asked.TryGetValue(key, out var approvers))
                    asked[key] = approvers = await Approvers.SendersAsync(sql, one.MailboxId, cancellationToken) is var senders && senders.Contains(accountId)
                        ? []
                        : [.. (await Approvers.OfStepAsync(sql, tenantId, one.MailboxId, step, cancellationToken)).Select(approver => approver.Id)];
                if (approvers.Overlaps(deputised) && !await HasVotedAsync(sql, one, approvers, deputised, cancellationToken))
                    mine.Add(one);
            }

            if (mine.Count == 0)
                continue;
            var first = mine[0];
            mails.Add(new ApprovalMail(
                first.MessageId,
                first.From,
                first.Subject,
                first.SentAt,
                first.Chain,
                first.ExpiresAt,
                [.. mine.Select(one => new ApprovalDelivery(one.DeliveryId, one.Recipient))],
                [.. mine.SelectMany(one => one.Reasons).Distinct()]));
            if (mails.Count == max)
                break;
        }

        return mails;
    }

    /// <summary>All whom the account stands for have said what they say over this step.</summary>
    private static async ValueTask<bool> HasVotedAsync(SqlSession sql, Waiting one, HashSet<Guid> approvers, HashSet<Guid> deputised, CancellationToken cancellationToken)
    {
        var voted = await sql.QueryAsync("SELECT for_id FROM approval_votes WHERE approval_id = @id AND step = @step", row => row.GetGuid(0), cancellationToken, ("@id", one.ApprovalId), ("@step", (long)one.Step));
        return approvers.Where(deputised.Contains).All(voted.Contains);
    }

    private sealed record Waiting(
        Guid MessageId, Guid DeliveryId, Guid MailboxId, IReadOnlyList<ApprovalStep> Steps, int Step, string Chain, IReadOnlyList<SendReason> Reasons, DateTimeOffset ExpiresAt, string Recipient, string? Subject, string From, DateTimeOffset SentAt, Guid ApprovalId)
    {
        public ApprovalStep? Current => Step < Steps.Count ? Steps[Step] : null;
    }
}
