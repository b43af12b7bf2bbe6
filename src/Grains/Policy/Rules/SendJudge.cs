using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy.Rules;

/// <summary>
/// Tries sending rules on one outgoing message (OUT5). They are tried in order, those of the MSP first, and all that hold count, up to one
/// that allows: the longest wait, every confirmation, every chain once, in order, the strictest protection, all types of files to be left out.
/// A block or hold comes before all of them, and so does a rule that cannot be decided because the mail was not looked through.
/// </summary>
/// <param name="hasSender">A mailbox sends it, which can confirm it. Else a confirmation that is asked for holds it.</param>
internal sealed class SendJudge(RuleSet rules, ConditionFacts facts, bool hasSender = true)
{
    /// <summary>For a chain that is gone: it waits for nobody and is declined then.</summary>
    private static readonly ChainInForce NoChain = new("", 48);

    /// <summary>Of rules that hold for all recipients or for none: what was found at the first.</summary>
    private readonly Dictionary<Guid, (string? Held, bool IsOpen)> _found = [];

    private static SendWord Unjudged => SendWord.None with { Stop = PolicyAction.Quarantine, Unfinished = true };

    public SendWord Decide(string recipient)
    {
        List<SendReason> confirmations = [];
        List<SendStage.Approve> approvals = [];
        List<SendAction.Protect> protections = [];
        List<string> strip = [];
        List<CopyDemand> copies = [];
        var minutes = 0;
        SendWord? stopped = null;
        var of = facts.For(recipient);
        foreach (var rule in rules.Sending)
        {
            var (held, isOpen) = Try(rule, of);
            // Who makes rules dear, or what they ask for unseen, is not to get past them; what cannot be judged waits for a person.
            if (of.IsExhausted)
                return Unjudged with { Demands = new SendDemands(confirmations, minutes, approvals) { Protections = protections, Strip = strip } };
            if (isOpen)
                stopped ??= Unjudged;
            if (isOpen || held is null)
                continue;
            foreach (var action in rule.Actions)
            {
                switch (action)
                {
                    case SendAction.Confirm when !hasSender:
                        stopped ??= SendWord.None with { Stop = PolicyAction.Quarantine, Rule = rule.Hit(held) };
                        break;
                    case SendAction.Confirm confirm:
                        confirmations.Add(new SendReason(rule.Name, confirm.Text, held));
                        break;
                    case SendAction.Wait wait:
                        minutes = Math.Max(minutes, wait.Minutes);
                        break;
                    case SendAction.Approve approve:
                        Add(approvals, approve, new SendReason(rule.Name, approve.Text, held));
                        break;
                    case SendAction.Protect protect:
                        protections.Add(protect);
                        break;
                    case SendAction.Strip types:
                        strip.AddRange(types.Types.Except(strip));
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

        // What is stopped keeps what it demands: its release asks for the approvals.
        return (stopped ?? SendWord.None) with { Demands = new SendDemands(confirmations, minutes, approvals) { Protections = protections, Strip = strip, Copies = copies } };
    }

    private (string? Held, bool IsOpen) Try(SendRule rule, ConditionFacts of)
    {
        if (rule.Condition.AsksRecipient)
            return (rule.Condition.WhatHolds(of), rule.Condition.IsOpen(of));
        if (!_found.TryGetValue(rule.Id, out var found))
            _found[rule.Id] = found = (rule.Condition.WhatHolds(of), rule.Condition.IsOpen(of));
        return found;
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

    /// <summary>The rules cost more steps than a message may, or ask for personal data of a mail that was not looked through.</summary>
    public bool Unfinished { get; init; }

    /// <summary>A stop makes a decision stricter and never easier.</summary>
    public DecisionRecord Over(DecisionRecord decision) => Stop is { } stop && stop > decision.Action
        ? decision with { Action = stop, Basis = DecisionBasis.SendingRule, Origin = null, Rule = Rule, Unfinished = decision.Unfinished || Unfinished }
        : decision;
}
