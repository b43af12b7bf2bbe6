namespace Platform.Storage.Messages;

/// <summary>
/// The moves of messages and deliveries. Every move is one transaction that also writes its events,
/// numbered per tenant in commit order; on SQLite concurrent moves share one flush (group commit).
/// </summary>
public interface IMessageFlow
{
    /// <summary>
    /// Writes the rows and returns when they are durable; only then may 250 be answered.
    /// Gives the scan lease when <see cref="NewMessage.ScanLease"/> asked for it. Several messages (one a tenant) go in one transaction.
    /// </summary>
    /// <exception cref="StorageFullException">No room; nothing was written.</exception>
    Task<IReadOnlyList<ScanLease?>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken);

    /// <summary>Claims messages to scan, of all tenants, oldest due first. A claim writes attempt and token in one UPDATE.</summary>
    Task<IReadOnlyList<ScanLease>> ClaimScansAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>False when the lease was lost: nothing was written.</summary>
    Task<bool> CompleteScanAsync(ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken);

    /// <summary>One attempt was lost. After the third, deliveries become Held, reason <c>could-not-inspect</c>; before, due again at <paramref name="dueAt"/>.</summary>
    Task<bool> FailScanAsync(ScanLease lease, string detail, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Gives a message back unscanned, due at <paramref name="dueAt"/>, because no scanner could take it: its attempt is not counted. False when the lease was lost.</summary>
    Task<bool> ReturnScanAsync(ScanLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Claims deliveries that are due for the relay (Queued, Released).</summary>
    Task<IReadOnlyList<RelayLease>> ClaimRelaysAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps a delivery while its transmission runs: the lease now ends <paramref name="lease"/> from now. False when it was lost.</summary>
    Task<bool> ExtendRelayAsync(RelayLease delivery, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives a delivery back untried, due at <paramref name="dueAt"/>: its attempt is not counted and no event is written. False when the lease was lost.</summary>
    Task<bool> ReturnRelayAsync(RelayLease delivery, DateTimeOffset dueAt, CancellationToken cancellationToken);

    Task<bool> CompleteRelayAsync(RelayLease lease, RelayResult result, CancellationToken cancellationToken);

    /// <summary>Releases one delivery to exactly its recipient; of outgoing mail that asks for approval, to its approvers first.</summary>
    Task<MoveOutcome> ReleaseAsync(Scopes.Scope scope, Guid deliveryId, CancellationToken cancellationToken);

    Task<MoveOutcome> DeleteAsync(Scopes.Scope scope, Guid deliveryId, CancellationToken cancellationToken);

    /// <summary>Sends a held message back to the scanner with fresh attempts.</summary>
    Task<MoveOutcome> RescanAsync(Scopes.Scope scope, Guid deliveryId, CancellationToken cancellationToken);
}

/// <param name="State">The state after the call, whether it moved or not; null when no such delivery is in scope.</param>
public sealed record MoveOutcome(MoveStatus Status, DeliveryState? State);

public enum MoveStatus
{
    Moved,

    /// <summary>It already was there: the repeated call of an idempotent command.</summary>
    AlreadyThere,
    NotAllowed,

    /// <summary>The policy of the mailbox keeps its owner from it.</summary>
    NotPermitted,

    /// <summary>It asks for approval, and who sends it decides nothing over it.</summary>
    OwnMail,
    NotFound,
}

/// <summary>The disk or the database has no room. The edge answers 452.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Wakes waiting workers after a commit in this process; a poll finds what other processes wrote.</summary>
public interface IWorkSignal
{
    void ScansReady();

    void RelaysReady();

    /// <summary>Returns at a pulse or after <paramref name="poll"/>.</summary>
    Task WaitScansAsync(TimeSpan poll, CancellationToken cancellationToken);

    Task WaitRelaysAsync(TimeSpan poll, CancellationToken cancellationToken);
}
