using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>Who decides, and how.</summary>
/// <param name="StandsFor">The account, and those whose deputy it is now.</param>
internal sealed record Voter(Guid TenantId, Guid AccountId, IReadOnlySet<Guid> StandsFor, bool Approves, string Comment)
{
    public string Actor => Scope.PersonPrefix + AccountId;
}

/// <param name="Ended">The mail is approved by the whole chain, or declined.</param>
internal sealed record Voted(StoredApproval Approval, string Recipient, bool Ended);

/// <summary>One decision over one recipient: the vote, and what follows of it, in the transaction that it is part of.</summary>
/// <param name="begun">Approvals, and steps of them, that begin by it; the caller asks for all of them at once.</param>
internal sealed class VoteMoves(MoveSession session, Voter voter, ICollection<StoredApproval> begun)
{
    private readonly Approvers _approvers = new(session.Sql);

    /// <returns>Null: it does not wait for this account.</returns>
    public async ValueTask<Voted?> VoteAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        if (await StageMoves.FindAsync(session, deliveryId, cancellationToken) is not { State: DeliveryState.AwaitingApproval } delivery
            || await ApprovalMoves.FindAsync(session, deliveryId, cancellationToken) is not { Current: { } step } approval
            || approval.TenantId != voter.TenantId
            || (await _approvers.SendersAsync(approval.Sender, cancellationToken)).Contains(voter.AccountId))
            return null;
        var approvers = await _approvers.OfStepAsync(approval.Sender, step, cancellationToken);
        // Read behind the lock of the approval: of two that fill one place the second finds it filled.
        var votes = await ApprovalVotes.OfMessageAsync(session.Sql, approval.MessageId, cancellationToken);
        if (votes.PlaceFor(voter.AccountId, voter.StandsFor, approval.Id, approval.Step, approvers) is not { } place)
            return null;
        await WriteAsync(approval, place, cancellationToken);
        Record(delivery, approval);

        if (!voter.Approves)
        {
            await StageMoves.EndAsync(session, delivery, new StageEnd(DeliveryState.Declined, Actor: voter.Actor), cancellationToken);
            await ApprovalMoves.EndAsync(session, approval.Id, ApprovalState.Declined, cancellationToken);
            return new Voted(approval, delivery.Recipient, Ended: true);
        }

        if (step.All && approvers.Any(approver => approver.Id != place && !votes.Filled(approval.Id, approval.Step).Contains(approver.Id)))
            return new Voted(approval, delivery.Recipient, Ended: false);
        if (approval.Step + 1 < approval.Steps.Count)
        {
            var next = approval with { Step = approval.Step + 1 };
            await session.Sql.ExecuteAsync("UPDATE approvals SET step = @step WHERE id = @id", cancellationToken, ("@step", (long)next.Step), ("@id", approval.Id));
            begun.Add(next);
            return new Voted(next, delivery.Recipient, Ended: false);
        }

        // The approval ends before its delivery goes on: the next stage may begin another.
        await ApprovalMoves.EndAsync(session, approval.Id, ApprovalState.Approved, cancellationToken);
        await StageMoves.NextAsync(session, delivery, voter.Actor, begun, cancellationToken);
        return new Voted(approval, delivery.Recipient, Ended: delivery.Plan.Rest.Current is null);
    }

    private ValueTask<int> WriteAsync(StoredApproval approval, Guid place, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO approval_votes (approval_id, step, account_id, for_id, tenant_id, message_id, approved, comment, at)
        VALUES (@approval, @step, @account, @for, @tenant, @message, @approved, @comment, @now)
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

    private void Record(StagedDelivery delivery, StoredApproval approval)
    {
        var told = ApprovalJson.Write(new ToldVote(voter.Actor, delivery.Recipient, approval.Chain, approval.Step + 1, voter.Approves, voter.Comment));
        session.Record(new PendingEvent(approval.TenantId, EventKinds.ApprovalDecided, session.Now, approval.MessageId, delivery.Id, told));
        session.Record(new PendingAudit(approval.TenantId, voter.Actor, voter.Approves ? "approval.approve" : "approval.decline", delivery.Id.ToString(), told) { MessageId = approval.MessageId });
    }
}
