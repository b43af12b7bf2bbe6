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
}

/// <summary>The moves allowed, in one place. Whatever is not listed is refused.</summary>
public static class DeliveryMoves
{
    private static readonly FrozenDictionary<DeliveryState, FrozenSet<DeliveryState>> Allowed =
        new Dictionary<DeliveryState, DeliveryState[]>
        {
            [DeliveryState.Received] = [DeliveryState.Queued, DeliveryState.Quarantined, DeliveryState.Held, DeliveryState.Rejected, DeliveryState.Inspected],
            [DeliveryState.Queued] = [DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Quarantined, DeliveryState.Held],
            [DeliveryState.Released] = [DeliveryState.Delivered, DeliveryState.Failed],
            [DeliveryState.Quarantined] = [DeliveryState.Released, DeliveryState.Deleted],
            [DeliveryState.Held] = [DeliveryState.Released, DeliveryState.Deleted, DeliveryState.Received],
            [DeliveryState.Failed] = [DeliveryState.Released, DeliveryState.Deleted],
            [DeliveryState.Delivered] = [],
            [DeliveryState.Rejected] = [],
            [DeliveryState.Deleted] = [],
            [DeliveryState.Inspected] = [DeliveryState.Deleted],
        }.ToFrozenDictionary(p => p.Key, p => p.Value.ToFrozenSet());

    public static bool IsAllowed(DeliveryState from, DeliveryState to) => Allowed[from].Contains(to);

    /// <summary>States from which <paramref name="to"/> may be reached; the WHERE clause of every move.</summary>
    public static IEnumerable<DeliveryState> Into(DeliveryState to) => Allowed.Where(p => p.Value.Contains(to)).Select(p => p.Key);
}
