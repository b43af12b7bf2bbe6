using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Storage.Quarantine;

/// <summary>What the owner of a mailbox may do with a held mail: by its verdict, and by what held it.</summary>
public static class HeldMailRights
{
    /// <summary>The verdict that rights and digests go by: what was reported and confirmed is phishing, however clean it looked to the scan.</summary>
    /// <param name="verdict">Null: it could not be inspected.</param>
    public static VerdictKind? CountsAs(VerdictKind? verdict, DecisionRecord? decision) =>
        decision?.Basis == DecisionBasis.Reported && verdict < VerdictKind.Phishing ? VerdictKind.Phishing : verdict;

    /// <param name="verdict">Null: it could not be inspected.</param>
    /// <param name="decision">Null: before the scan, and in rows of an older version.</param>
    public static QuarantineRights RightsOf(this EffectivePolicy policy, VerdictKind? verdict, DecisionRecord? decision)
    {
        var rights = policy.RightsOf(CountsAs(verdict, decision));
        // Forged in the name of a colleague: whoever it was to fool does not let it in.
        if (decision?.Basis == DecisionBasis.Sender)
            return rights & ~(QuarantineRights.Release | QuarantineRights.Request);
        return rights.HasFlag(QuarantineRights.Release) && IsHeldByOrganisation(decision) ? (rights & ~QuarantineRights.Release) | QuarantineRights.Request : rights;
    }

    /// <summary>Where a rule, a list or the limit of rules holds a mail, the verdict says nothing of how harmless it is: its owner asks for it.</summary>
    private static bool IsHeldByOrganisation(DecisionRecord? decision) =>
        decision is { Action: >= PolicyAction.Quarantine } and ({ Rule: not null } or { Unfinished: true } or { Basis: DecisionBasis.BlockList or DecisionBasis.SenderBlocked or DecisionBasis.Recipient });
}
