using Platform.Engine.Authentication;
using Platform.Engine.Conditions;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy.Rules;

/// <summary>
/// Tries rules on one message (DET9). They are tried in order, and the first that holds and may do what it says decides. A rule may
/// always be stricter than the policy; it eases only what happens to mail that is neither malware nor phishing nor on a block list, and
/// whose sender did not fail authentication (DET10). The same facts, policy and rules give the same decision, on arrival and in a replay.
/// </summary>
internal sealed class RuleJudge
{
    private readonly RuleSet _rules;
    private readonly ConditionFacts _facts;
    private readonly bool _mayEase;

    /// <summary>Of rules that hold for all recipients or for none: what was found at the first.</summary>
    private readonly Dictionary<Guid, string?> _found = [];

    public RuleJudge(RuleSet rules, ConditionFacts facts)
    {
        _rules = rules;
        _facts = facts;
        _mayEase = MayEase(facts.Verdict);
    }

    /// <summary>Whether what happens to mail of this verdict may be eased by a rule.</summary>
    public static bool MayEase(Verdict verdict) =>
        verdict is { BlockListed: false, Kind: not (VerdictKind.Malware or VerdictKind.Phishing) } && !FailedAuthentication(verdict.Authentication);

    /// <param name="policy">Of the mailbox of the delivery.</param>
    public DecisionRecord Decide(string recipient, EffectivePolicy policy)
    {
        var decision = Decide(recipient, policy.Actions);
        return decision.Basis == DecisionBasis.Verdict ? decision with { Origin = policy.ActionFor(_facts.Verdict.Kind).Origin } : decision;
    }

    public DecisionRecord Decide(string recipient, VerdictPolicy policy)
    {
        var alone = PolicyDecision.ActionOf(_facts.Verdict, policy);
        List<RuleHit> withheld = [];
        foreach (var rule in _rules.Rules)
        {
            var held = WhatHolds(rule, recipient);
            if (_facts.IsExhausted)
                return Unfinished(alone, withheld);
            if (held is null)
                continue;
            var hit = new RuleHit(rule.Id, rule.Name, rule.Revision, rule.FromMsp, held);
            if (rule.Action >= alone.Action || _mayEase)
                return Record(alone, rule.Action, withheld) with { Rule = hit };
            if (withheld.Count < DecisionRecord.MaxWithheld)
                withheld.Add(hit);
        }

        return Record(alone, alone.Action, withheld);
    }

    private string? WhatHolds(Rule rule, string recipient)
    {
        if (rule.Condition.AsksRecipient)
            return rule.Condition.WhatHolds(_facts.For(recipient));
        if (!_found.TryGetValue(rule.Id, out var held))
            _found[rule.Id] = held = rule.Condition.WhatHolds(_facts);
        return held;
    }

    /// <summary>Who makes rules dear is not to get past them; what cannot be judged waits for a person.</summary>
    private DecisionRecord Unfinished((PolicyAction Action, DecisionBasis Basis) alone, List<RuleHit> withheld) =>
        Record(alone, alone.Action > PolicyAction.Quarantine ? alone.Action : PolicyAction.Quarantine, withheld) with { Unfinished = true };

    private DecisionRecord Record((PolicyAction Action, DecisionBasis Basis) alone, PolicyAction action, List<RuleHit> withheld) =>
        new(_facts.Verdict.Kind, alone.Action, action, _rules.Revisions) { Basis = alone.Basis, Withheld = withheld };

    /// <summary>As an allow list asks: disproved by DMARC, or by SPF with no signature of the author's.</summary>
    private static bool FailedAuthentication(AuthenticationFacts? facts) => facts is not null
        && (facts.Dmarc.Result is AuthenticationResult.Fail || (facts.Spf?.Result is AuthenticationResult.Fail && !facts.Dmarc.DkimAligned));
}
