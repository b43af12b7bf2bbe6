using System.Collections.Frozen;

namespace Platform.Storage.Messages;

/// <summary>Where one delivery (one message, one recipient) stands. Wire name: upper snake case.</summary>
public enum DeliveryState
{
    /// <summary>Safe on disk, not inspected yet.</summary>
    Received,

    /// <summary>Inspected, waits for the relay (also between two attempts).</summary>
    Queued,

    /// <summary>Handed to the next hop or written to the Maildir.</summary>
    Delivered,

    /// <summary>Stopped by policy; an administrator may release or delete it.</summary>
    Quarantined,

    /// <summary>Could not be inspected, or waits for a person.</summary>
    Held,

    /// <summary>Refused inside the SMTP session.</summary>
    Rejected,

    /// <summary>Released by a person, on its way to the relay.</summary>
    Released,

    /// <summary>Final failure; the sender got a DSN where policy let it through.</summary>
    Failed,

    /// <summary>Deleted by a person from quarantine.</summary>
    Deleted,

    /// <summary>A copy (journal, import): inspected, never relayed.</summary>
    Inspected,

    /// <summary>On its way out, waits the time in which its sender may cancel it.</summary>
    Waiting,

    /// <summary>On its way out; its sender was warned and must confirm it.</summary>
    AwaitingConfirmation,

    /// <summary>On its way out; people of an approval chain must approve it.</summary>
    AwaitingApproval,

    /// <summary>Called back by its sender or an administrator before it left, or not confirmed in time.</summary>
    Cancelled,

    /// <summary>Not approved: somebody of the chain declined it, or nobody approved it in time.</summary>
    Declined,
}

/// <summary>The moves allowed, in one place. Whatever is not listed is refused.</summary>
public static class DeliveryMoves
{
    private static readonly FrozenDictionary<DeliveryState, FrozenSet<DeliveryState>> Allowed =
        new Dictionary<DeliveryState, DeliveryState[]>
        {
            [DeliveryState.Received] = [DeliveryState.Queued, DeliveryState.Quarantined, DeliveryState.Held, DeliveryState.Rejected, DeliveryState.Inspected, DeliveryState.Waiting, DeliveryState.AwaitingConfirmation, DeliveryState.AwaitingApproval],
            [DeliveryState.Queued] = [DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Quarantined, DeliveryState.Held],
            [DeliveryState.Released] = [DeliveryState.Delivered, DeliveryState.Failed],
            [DeliveryState.Quarantined] = [DeliveryState.Released, DeliveryState.Deleted, DeliveryState.AwaitingApproval],
            [DeliveryState.Held] = [DeliveryState.Released, DeliveryState.Deleted, DeliveryState.Received, DeliveryState.AwaitingApproval],
            [DeliveryState.Failed] = [DeliveryState.Released, DeliveryState.Deleted],
            [DeliveryState.Delivered] = [],
            [DeliveryState.Rejected] = [],
            [DeliveryState.Deleted] = [],
            [DeliveryState.Inspected] = [DeliveryState.Deleted],
            [DeliveryState.AwaitingConfirmation] = [DeliveryState.Waiting, DeliveryState.AwaitingApproval, DeliveryState.Queued, DeliveryState.Held, DeliveryState.Cancelled],
            [DeliveryState.Waiting] = [DeliveryState.AwaitingApproval, DeliveryState.Queued, DeliveryState.Held, DeliveryState.Cancelled],
            [DeliveryState.AwaitingApproval] = [DeliveryState.Queued, DeliveryState.Held, DeliveryState.Cancelled, DeliveryState.Declined],
            [DeliveryState.Cancelled] = [],
            [DeliveryState.Declined] = [],
        }.ToFrozenDictionary(p => p.Key, p => p.Value.ToFrozenSet());

    public static bool IsAllowed(DeliveryState from, DeliveryState to) => Allowed[from].Contains(to);

    /// <summary>On the way out and not yet the relay's.</summary>
    public static bool IsStage(DeliveryState state) => state is DeliveryState.AwaitingConfirmation or DeliveryState.Waiting or DeliveryState.AwaitingApproval;

    /// <summary>States from which <paramref name="to"/> may be reached; the WHERE clause of every move.</summary>
    public static IEnumerable<DeliveryState> Into(DeliveryState to) => Allowed.Where(p => p.Value.Contains(to)).Select(p => p.Key);
}
