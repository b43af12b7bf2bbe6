using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;

namespace Platform.Grains.Policy;

/// <summary>What a mail that a mailbox submits passes before it leaves, by the policy of the mailbox and what rules ask for (OUT4, OUT5).</summary>
internal static class OutgoingPlan
{
    /// <param name="hasSender">A mailbox sends it. Of what a server of the tenant's own sends for none nobody confirms or calls back anything; approval is asked for all the same.</param>
    public static SendPlan Of(EffectivePolicy policy, SendDemands demands, bool hasSender = true)
    {
        if (!hasSender)
            return SendPlan.Of([.. demands.Approvals]);
        List<SendStage> stages = [];
        if (demands.Confirmations.Count > 0)
            stages.Add(new SendStage.Confirm(demands.Confirmations, policy.ConfirmHoursOf()));
        var minutes = Math.Max(policy.WaitOf(), demands.WaitMinutes);
        if (minutes > 0)
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
}
