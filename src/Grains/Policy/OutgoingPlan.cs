using Platform.Engine.Misdirection;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy;

/// <summary>What a mail that a mailbox submits passes before it leaves, by the policy of the mailbox, what rules ask for, and what was found of its recipients (OUT4, OUT5, OUT6).</summary>
internal static class OutgoingPlan
{
    /// <param name="findings">About the recipient of the delivery.</param>
    /// <param name="hasSender">A mailbox sends it. Of what a server of the tenant's own sends for none nobody confirms or calls back anything; approval is asked for all the same.</param>
    public static SendPlan Of(EffectivePolicy policy, SendDemands demands, IReadOnlyList<SendFinding> findings, bool hasSender = true)
    {
        if (!hasSender)
            return SendPlan.Of([.. demands.Approvals]);
        var answer = FindingStrength.Asks(findings) ? policy.MisdirectionOf() : MisdirectionAnswer.Off;
        IReadOnlyList<SendReason> found = answer == MisdirectionAnswer.Off ? [] : [.. findings.Select(SendReason.Of)];
        List<SendStage> stages = [];
        IReadOnlyList<SendReason> confirmations = answer == MisdirectionAnswer.Confirm ? [.. found, .. demands.Confirmations] : demands.Confirmations;
        if (confirmations.Count > 0)
            stages.Add(new SendStage.Confirm(confirmations, policy.ConfirmHoursOf()));
        var minutes = Math.Max(policy.WaitOf(), demands.WaitMinutes);
        if (answer == MisdirectionAnswer.Wait)
            stages.Add(new SendStage.Wait(Math.Max(minutes, MisdirectionSettings.WaitMinutes)) { Reasons = found });
        else if (minutes > 0)
            stages.Add(new SendStage.Wait(minutes));
        stages.AddRange(demands.Approvals);
        return SendPlan.Of(stages);
    }
}

/// <summary>What sending rules ask for before one delivery leaves.</summary>
internal sealed record SendDemands(IReadOnlyList<SendReason> Confirmations, int WaitMinutes, IReadOnlyList<SendStage.Approve> Approvals)
{
    public static SendDemands None { get; } = new([], 0, []);

    public IReadOnlyList<SendAction.Protect> Protections { get; init; } = [];

    /// <summary>Types of files that do not go along.</summary>
    public IReadOnlyList<string> Strip { get; init; } = [];

    /// <summary>Copies that go when it does.</summary>
    public IReadOnlyList<CopyDemand> Copies { get; init; } = [];
}

/// <param name="Address">Of a mailbox of the tenant.</param>
/// <param name="Rule">That asks for it.</param>
internal sealed record CopyDemand(string Address, RuleHit Rule);
