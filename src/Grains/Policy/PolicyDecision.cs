using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy;

/// <summary>
/// Where a verdict sends a delivery (DET9). The order of what counts: copies are only ever inspected; then a rule
/// (<see cref="Rules.RuleJudge"/>); then a block list, which is at least quarantine; then an allow list, for unwanted mail; then the
/// tenant's action for the verdict; a rejection that can no longer be said inside the session becomes quarantine, since a bounce
/// would go to a forged sender (IN3).
/// </summary>
public static class PolicyDecision
{
    /// <summary>Where an action sends a delivery, whoever decided it.</summary>
    /// <param name="rejectionPossible">The SMTP session still waits for its reply, and every delivery of the message is rejected, so that a rejection reaches the real client.</param>
    /// <param name="tagText">Of the policy.</param>
    public static DeliveryDecision For(
        Verdict verdict, PolicyAction action, IntakeMode mode, bool rejectionPossible, Guid messageId, Guid deliveryId, string tagText = "")
    {
        var name = NameOf(action);
        if (mode is IntakeMode.Journal or IntakeMode.Import or IntakeMode.Report)
            return new DeliveryDecision(deliveryId, DeliveryState.Inspected, name, Tag: null);
        if (mode is not (IntakeMode.Gateway or IntakeMode.Submission))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Only gateway mail, mail going out and copies are inspected.");

        return action switch
        {
            PolicyAction.Deliver => new DeliveryDecision(deliveryId, DeliveryState.Queued, name, Tag: null),
            PolicyAction.Tag => new DeliveryDecision(deliveryId, DeliveryState.Queued, name, VerdictTag.For(verdict, messageId, tagText)),
            PolicyAction.Quarantine => new DeliveryDecision(deliveryId, DeliveryState.Quarantined, name, Tag: null),
            PolicyAction.Reject when rejectionPossible => new DeliveryDecision(deliveryId, DeliveryState.Rejected, name, Tag: null),
            PolicyAction.Reject => new DeliveryDecision(deliveryId, DeliveryState.Quarantined, name, Tag: null),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "not a policy action"),
        };
    }

    /// <summary>What is done with a verdict where no rule decides.</summary>
    public static (PolicyAction Action, DecisionBasis Basis) ActionOf(Verdict verdict, VerdictPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(policy);
        return verdict switch
        {
            { BlockListed: true } => (policy.For(verdict.Kind) is PolicyAction.Reject ? PolicyAction.Reject : PolicyAction.Quarantine, DecisionBasis.BlockList),
            // An allow list opens the way for what is unwanted, never for an attack (DET10).
            { AllowListed: true, Kind: VerdictKind.Spam or VerdictKind.Bulk } => (PolicyAction.Deliver, DecisionBasis.AllowList),
            _ => (policy.For(verdict.Kind), DecisionBasis.Verdict),
        };
    }

    /// <summary>The action as rows, events and the API spell it.</summary>
    public static string NameOf(PolicyAction action) => action switch
    {
        PolicyAction.Deliver => "deliver",
        PolicyAction.Tag => "tag",
        PolicyAction.Quarantine => "quarantine",
        PolicyAction.Reject => "reject",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "not a policy action"),
    };
}
