using Platform.Engine.Misdirection;
using Platform.Storage.Directory;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy;

/// <summary>What was found of the recipient of an outgoing mail, after policy and rules and whatever they say: nothing goes to an attacker before an administrator says so (OUT10).</summary>
internal static class RecipientWord
{
    /// <param name="findings">About the recipient of the delivery.</param>
    public static DecisionRecord Over(DecisionRecord decision, IReadOnlyList<SendFinding> findings)
    {
        var kept = decision with { Findings = findings };
        return decision.Action < PolicyAction.Quarantine && findings.Any(finding => FindingStrength.IsHeld(finding.Kind))
            ? kept with { Action = PolicyAction.Quarantine, Basis = DecisionBasis.Recipient, Origin = null, Rule = null }
            : kept;
    }
}
