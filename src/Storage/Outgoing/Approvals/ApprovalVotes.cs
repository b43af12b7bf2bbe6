using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

/// <summary>What one person said over one step of an approval.</summary>
/// <param name="Account">Who said it.</param>
/// <param name="For">In whose place.</param>
internal sealed record StoredVote(Guid ApprovalId, int Step, Guid Account, Guid For, bool Approved);

/// <summary>The votes of the approvals of one mail, and which place is left for whom.</summary>
internal sealed class ApprovalVotes(IReadOnlyList<StoredVote> votes)
{
    public static async ValueTask<ApprovalVotes> OfMessageAsync(SqlSession sql, Guid messageId, CancellationToken cancellationToken) => new(await sql.QueryAsync(
        "SELECT approval_id, step, account_id, for_id, approved FROM approval_votes WHERE message_id = @message",
        row => new StoredVote(row.GetGuid(0), row.GetInt32(1), row.GetGuid(2), row.GetGuid(3), row.GetBoolean(4)),
        cancellationToken,
        ("@message", messageId)));

    /// <summary>Who decided already, over whichever step.</summary>
    public IReadOnlySet<Guid> Deciders(Guid approvalId) => votes.Where(vote => vote.ApprovalId == approvalId).Select(vote => vote.Account).ToHashSet();

    /// <summary>The places of a step that were filled.</summary>
    public IReadOnlySet<Guid> Filled(Guid approvalId, int step) => votes.Where(vote => vote.ApprovalId == approvalId && vote.Step == step).Select(vote => vote.For).ToHashSet();

    /// <summary>The place in which an account decides: its own, else one of those that it stands for. Null: none, or it has decided over a step already.</summary>
    public Guid? PlaceFor(Guid account, IReadOnlySet<Guid> standsFor, Guid approvalId, int step, IEnumerable<Approver> approvers)
    {
        if (Deciders(approvalId).Contains(account))
            return null;
        var filled = Filled(approvalId, step);
        return approvers.Select(approver => approver.Id).Where(place => standsFor.Contains(place) && !filled.Contains(place))
            .OrderBy(place => place != account).ThenBy(place => place).Select(place => (Guid?)place).FirstOrDefault();
    }
}
