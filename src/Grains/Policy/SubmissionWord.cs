using Platform.Storage.Directory;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy;

/// <summary>What holds of mail that a mailbox submits, after policy and rules and whatever they say (OUT1).</summary>
internal static class SubmissionWord
{
    /// <param name="isOutside">The recipient is none of the tenant's mailboxes.</param>
    /// <param name="isOwn">All that the header names as author or sender is the mailbox that submits (RFC 6409, 6.1), or the tenant's whose server does.</param>
    public static DecisionRecord Over(DecisionRecord decision, bool isOutside, bool isOwn) => decision switch
    {
        _ when !isOwn => decision with { Action = PolicyAction.Reject, Basis = DecisionBasis.Sender, Origin = null, Rule = null },
        // A tag warns the tenant's own readers; those outside get no mail that needs one.
        { Action: PolicyAction.Tag } when isOutside => decision with { Action = PolicyAction.Quarantine },
        _ => decision,
    };
}
