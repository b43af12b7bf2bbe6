using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Who decides, and how.</summary>
/// <param name="StandsFor">The account, and those whose deputy it is now.</param>
internal sealed record Voter(Guid TenantId, Guid AccountId, HashSet<Guid> StandsFor, bool Approves, string Comment)
{
    public string Actor => Scope.PersonPrefix + AccountId;
}

/// <param name="Ended">The mail is approved by the whole chain, or declined.</param>
internal sealed record Voted(StoredApproval Approval, string Recipient, bool Ended);

/// <summary>One decision over one recipient: the vote, and what follows of it, in the transaction that it is part of.</summary>
internal static class VoteMoves
{
    /// <returns>Null: it does not wait for this account.</returns>
    public static async ValueTask<Voted?> VoteAsync(MoveSession session, Voter voter, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (await StageMoves.FindAsync(session, deliveryId, cancellationToken) is not { State: DeliveryState.AwaitingApproval } delivery
            || await ApprovalMoves.FindAsync(session, deliveryId, cancellationToken) is not { Current: { } step } approval
            || approval.TenantId != voter.TenantId)
            return null;
        var senders = await Approvers.SendersAsync(session.Sql, approval.MailboxId, cancellationToken);
        var approvers = (await Approvers.OfStepAsync(session.Sql, approval.TenantId, approval.MailboxId, step, cancellationToken)).Select(approver => approver.Id).ToHashSet();
        var places = approvers.Where(voter.StandsFor.Contains).ToList();
        if (places.Count == 0 || senders.Contains(voter.AccountId))
            return null;
        foreach (var place in places)
            await WriteAsync(session, voter, approval, place, cancellationToken);
        Record(session, voter, delivery, approval);

        if (!voter.Approves)
        {
            await StageMoves.EndAsync(session, delivery, new StageEnd(DeliveryState.Declined, Actor: voter.Actor), cancellationToken);
            await ApprovalMoves.EndAsync(session, approval.Id, ApprovalState.Declined, cancellationToken);
            return new Voted(approval, delivery.Recipient, Ended: true);
        }

        if (step.All && !await HaveAllApprovedAsync(session, approval, approvers, cancellationToken))
            return new Voted(approval, delivery.Recipient, Ended: false);
        if (approval.Step + 1 < approval.Steps.Count)
        {
            var next = approval with { Step = approval.Step + 1 };
            await session.Sql.ExecuteAsync("UPDATE approvals SET step = @step WHERE id = @id", cancellationToken, ("@step", (long)next.Step), ("@id", approval.Id));
            await ApprovalMoves.AskAsync(session, next, MailOrderKinds.ApprovalRequested, cancellationToken);
            return new Voted(next, delivery.Recipient, Ended: false);
        }

        // The approval ends before its delivery goes on: the next stage may begin another.
        await ApprovalMoves.EndAsync(session, approval.Id, ApprovalState.Approved, cancellationToken);
        await StageMoves.NextAsync(session, delivery, voter.Actor, cancellationToken);
        return new Voted(approval, delivery.Recipient, Ended: delivery.Plan.Rest.Current is null);
    }

    private static ValueTask<int> WriteAsync(MoveSession session, Voter voter, StoredApproval approval, Guid place, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO approval_votes (approval_id, step, account_id, for_id, tenant_id, message_id, approved, comment, at)
        VALUES (@approval, @step, @account, @for, @tenant, @message, @approved, @comment, @now)
        ON CONFLICT (approval_id, step, for_id) DO UPDATE SET account_id = excluded.account_id, approved = excluded.approved, comment = excluded.comment, at = excluded.at
        """,
        cancellationToken,
        ("@approval", approval.Id),
        ("@step", (long)approval.Step),
        ("@account", voter.AccountId),
        ("@for", place),
        ("@tenant", approval.TenantId),
        ("@message", approval.MessageId),
        ("@approved", voter.Approves),
        ("@comment", voter.Comment),
        ("@now", session.NowMilliseconds));

    private static async ValueTask<bool> HaveAllApprovedAsync(MoveSession session, StoredApproval approval, HashSet<Guid> approvers, CancellationToken cancellationToken)
    {
        var approved = await session.Sql.QueryAsync(
            "SELECT for_id FROM approval_votes WHERE approval_id = @id AND step = @step AND approved", row => row.GetGuid(0), cancellationToken, ("@id", approval.Id), ("@step", (long)approval.Step));
        return approvers.IsSubsetOf(approved);
    }

    private static void Record(MoveSession session, Voter voter, StagedDelivery delivery, StoredApproval approval)
    {
        var told = ApprovalJson.Write(new ToldVote(voter.Actor, delivery.Recipient, approval.Chain, approval.Step + 1, voter.Approves, voter.Comment));
        session.Record(new PendingEvent(approval.TenantId, EventKinds.ApprovalDecided, session.Now, approval.MessageId, delivery.Id, told));
        session.Record(new PendingAudit(approval.TenantId, voter.Actor, voter.Approves ? "approval.approve" : "approval.decline", delivery.Id.ToString(), told) { MessageId = approval.MessageId });
    }
}
