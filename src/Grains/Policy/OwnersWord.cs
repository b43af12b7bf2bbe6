using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Rules;
using Platform.Storage.Directory;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy;

/// <summary>
/// What the owner of a mailbox said of a sender, after policy and rules: a block holds the mail, an allowance lets through what is unwanted
/// where nothing but the policy for its verdict stops it, and where a rule might ease it too (DET10).
/// </summary>
internal static class OwnersWord
{
    public static DecisionRecord Over(DecisionRecord decision, Verdict verdict, ListAction? said) => said switch
    {
        ListAction.Block when decision.Action < PolicyAction.Quarantine => decision with { Action = PolicyAction.Quarantine, Basis = DecisionBasis.MailboxBlock, Origin = null, Rule = null },
        ListAction.Allow when decision is { Basis: DecisionBasis.Verdict, Rule: null, Unfinished: false } && (verdict.Kind is VerdictKind.Spam or VerdictKind.Bulk) && RuleJudge.MayEase(verdict) =>
            decision with { Action = PolicyAction.Deliver, Basis = DecisionBasis.MailboxAllow, Origin = null },
        _ => decision,
    };
}
