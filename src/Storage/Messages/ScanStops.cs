using Platform.Engine.Misdirection;
using Platform.Storage.Outgoing;
using Platform.Storage.Sending;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>What stops an outgoing mail between its decision and the end of its scan, and what its sender is told then.</summary>
internal static class ScanStops
{
    /// <summary>Attackers that were found while it was decided over.</summary>
    public static async ValueTask<Dictionary<string, AttackFrom>> AttackersAsync(MoveSession session, ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken)
    {
        if (lease.Mode != IntakeMode.Submission || outcome.RecipientsAskedAt is not { } asked)
            return [];
        await AttackerMoves.ShareAsync(session, lease.TenantId, cancellationToken);
        return await AttackerMoves.SinceAsync(session, lease.TenantId, asked, cancellationToken);
    }

    /// <summary>The decision as it is carried out, and why it is another. An attacker comes before a block: the end of the block lets nothing out to it.</summary>
    public static (DeliveryDecision Moved, string? Status) Of(DeliveryDecision decision, string recipient, bool isBlocked, Dictionary<string, AttackFrom> attackers)
    {
        if ((decision.To == DeliveryState.Queued || DeliveryMoves.IsStage(decision.To)) && AttackerMoves.FindingOf(attackers, recipient) is { } finding)
            return (decision with { To = DeliveryState.Held, Plan = decision.Plan.Approvals, Why = AttackerMoves.Held(decision.Why, finding) }, AttackerMoves.KnownAttacker);
        return isBlocked && decision.To == DeliveryState.Queued
            ? (decision with { To = DeliveryState.Held, Why = SendChecks.Held(decision.Why) }, SendChecks.AccountBlocked)
            : (decision, null);
    }

    /// <param name="sender">The mailbox that sends it; null: none does, and nobody waits for it.</param>
    public static async ValueTask TellAsync(
        MoveSession session, ScanLease lease, MessageSummary message, ScanOutcome outcome, IReadOnlyDictionary<Guid, DeliveryDecision> decisions, Guid? sender, CancellationToken cancellationToken)
    {
        // Of what a block of its mailbox holds it is not told: that may be a thief.
        var held = decisions.Values.Where(decision => decision.To is DeliveryState.Quarantined or DeliveryState.Held).ToDictionary(decision => decision.DeliveryId);
        if (lease.Mode == IntakeMode.Submission && held.Count > 0)
        {
            List<DeliveryRef> stopped = [.. lease.Deliveries.Where(delivery => held.ContainsKey(delivery.Id))];
            await SendNotices.OrderHeldAsync(session, message, [.. stopped.Select(delivery => delivery.Recipient)], held[stopped[0].Id].Why, cancellationToken);
        }

        // What it must confirm it is told in any case.
        if (sender is { } waiting
            && decisions.Values.Any(decision => decision.To == DeliveryState.AwaitingConfirmation || (outcome.TellsSender && DeliveryMoves.IsStage(decision.To))))
            await SendNotices.OrderAsync(session, lease.TenantId, waiting, cancellationToken);
    }
}
