using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy.Rules;

/// <summary>
/// Tries sending rules on one outgoing message (OUT5). They are tried in order, those of the MSP first, and all that hold count, up to one
/// that allows: the longest wait, every confirmation, every chain once, in order. A block or hold comes before all of them.
/// </summary>
internal sealed class SendJudge(RuleSet rules, ConditionFacts facts)
{
    /// <summary>For a chain that is gone: it waits for nobody and is declined then.</summary>
    private static readonly ChainInForce NoChain = new("", 48);

    public SendWord Decide(string recipient)
    {
        List<SendReason> confirmations = [];
        List<SendStage.Approve> approvals = [];
        List<CopyDemand> copies = [];
        var minutes = 0;
        SendWord? stopped = null;
        var of = facts.For(recipient);
        foreach (var rule in rules.Sending)
        {
            var held = rule.Condition.WhatHolds(of);
            // Who makes rules dear is not to get past them; what cannot be judged waits for a person.
            if (of.IsExhausted)
                return SendWord.None with { Stop = PolicyAction.Quarantine, Unfinished = true };
            if (held is null)
                continue;
            foreach (var action in rule.Actions)
            {
                switch (action)
                {
                    case SendAction.Confirm confirm:
                        confirmations.Add(new SendReason(rule.Name, confirm.Text, held));
                        break;
                    case SendAction.Wait wait:
                        minutes = Math.Max(minutes, wait.Minutes);
                        break;
                    case SendAction.Approve approve:
                        Add(approvals, approve, new SendReason(rule.Name, approve.Text, held));
                        break;
                    case SendAction.Bcc bcc:
                        copies.Add(new CopyDemand(bcc.Address, rule.Hit(held)));
                        break;
                    case SendAction.Hold when stopped is null:
                        stopped = SendWord.None with { Stop = PolicyAction.Quarantine, Rule = rule.Hit(held) };
                        break;
                    case SendAction.Block when stopped?.Stop is not PolicyAction.Reject:
                        stopped = SendWord.None with { Stop = PolicyAction.Reject, Rule = rule.Hit(held) };
                        break;
                    default:
                        break;
                }
            }

            if (rule.Actions is [SendAction.Allow])
                break;
        }

        return stopped ?? SendWord.None with { Demands = new SendDemands(confirmations, minutes, approvals) { Copies = copies } };
    }

    private void Add(List<SendStage.Approve> approvals, SendAction.Approve approve, SendReason reason)
    {
        var at = approvals.FindIndex(other => other.ChainId == approve.ChainId);
        if (at >= 0)
        {
            approvals[at] = approvals[at] with { Reasons = [.. approvals[at].Reasons, reason] };
            return;
        }

        var chain = rules.Chains.GetValueOrDefault(approve.ChainId, NoChain);
        approvals.Add(new SendStage.Approve(approve.ChainId, chain.Name, [reason], chain.Hours));
    }
}

/// <summary>What the sending rules say of one delivery.</summary>
/// <param name="Stop">Quarantine or reject; null: it may leave after what they demand.</param>
/// <param name="Rule">That stops it.</param>
internal sealed record SendWord(PolicyAction? Stop, RuleHit? Rule, SendDemands Demands)
{
    public static SendWord None { get; } = new(null, null, SendDemands.None);

    /// <summary>The rules cost more steps than a message may.</summary>
    public bool Unfinished { get; init; }

    /// <summary>A stop makes a decision stricter and never easier.</summary>
    public DecisionRecord Over(DecisionRecord decision) => Stop is { } stop && stop > decision.Action
        ? decision with { Action = stop, Basis = DecisionBasis.SendingRule, Origin = null, Rule = Rule, Unfinished = decision.Unfinished || Unfinished }
        : decision;
}
