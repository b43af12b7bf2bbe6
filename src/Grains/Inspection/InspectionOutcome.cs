using Platform.Engine.Verdicts;
using Platform.Storage.Messages;

namespace Platform.Grains.Inspection;

public enum InspectionStatus
{
    /// <summary>The verdict and the moves of all deliveries are durable.</summary>
    Completed,

    /// <summary>This attempt found no verdict; the message is due again, or held after the last attempt.</summary>
    Failed,

    /// <summary>Another worker has the message: nothing was written.</summary>
    LeaseLost,
}

/// <param name="Verdict">Only when completed.</param>
/// <param name="Decisions">What was written for each delivery; empty unless completed.</param>
/// <param name="Detail">For operators, without mail content; only when failed.</param>
public sealed record InspectionOutcome(InspectionStatus Status, Verdict? Verdict, IReadOnlyList<DeliveryDecision> Decisions, string? Detail)
{
    /// <summary>Every delivery was rejected: the session answers 550.</summary>
    public bool IsRejected => Decisions.Count > 0 && Decisions.All(d => d.To == DeliveryState.Rejected);
}
