using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;

namespace Platform.Storage.Outgoing;

/// <summary>
/// Outgoing mail that has not left: who sends it confirms or cancels it, people who see all of the tenant do so for anybody (OUT4). What
/// is with the relay cannot be called back, and of a cancellation and the end of a wait that meet one happens.
/// </summary>
public interface IOutgoingMail
{
    /// <param name="deliveryIds">Of the message; null: all of it.</param>
    /// <returns>How many deliveries were cancelled now. Codes: <c>NOT_FOUND</c>, <c>ALREADY_SENT</c>: none of them can be any more.</returns>
    Task<CommandResult<int>> CancelAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken);

    /// <param name="deliveryIds">Of the message; null: all of it.</param>
    /// <returns>How many deliveries went on. Codes: <c>NOT_FOUND</c>, <c>NOT_AWAITED</c>: none of them waits for a confirmation.</returns>
    Task<CommandResult<int>> ConfirmAsync(Scope scope, Guid messageId, IReadOnlyList<Guid>? deliveryIds, CancellationToken cancellationToken);

    /// <summary>Ends the stages whose time is over: waits go on, confirmations are cancelled, approvals end as their chain says.</summary>
    /// <returns>How many it ended.</returns>
    Task<int> EndDueAsync(int max, CancellationToken cancellationToken);

    /// <summary>Reminds approvers of what waits for them.</summary>
    /// <returns>How many approvals they were reminded of.</returns>
    Task<int> RemindAsync(int max, CancellationToken cancellationToken);

    /// <summary>What a mailbox sent and has not left, the next to leave first.</summary>
    Task<IReadOnlyList<WaitingMail>> WaitingAsync(Guid tenantId, Guid mailboxId, int max, CancellationToken cancellationToken);

    /// <summary>A mail that a mailbox sent, whatever became of it; null: there is none.</summary>
    Task<WaitingMail?> FindAsync(Guid tenantId, Guid mailboxId, Guid messageId, CancellationToken cancellationToken);
}

/// <summary>A mail on its way out, as its sender sees it.</summary>
public sealed record WaitingMail(Guid MessageId, string? Subject, DateTimeOffset SentAt, IReadOnlyList<WaitingDelivery> Deliveries)
{
    public bool AwaitsConfirmation => Deliveries.Any(delivery => delivery.State == DeliveryState.AwaitingConfirmation);

    public bool IsCancellable => Deliveries.Any(delivery => DeliveryMoves.IsAllowed(delivery.State, DeliveryState.Cancelled));
}

/// <param name="Until">When the stage it is in ends; null: it is in none.</param>
public sealed record WaitingDelivery(Guid Id, string Recipient, DeliveryState State, SendPlan Plan, DateTimeOffset? Until);

/// <summary>Whether a mail can be called back (OUT13).</summary>
public enum RecallLabel
{
    /// <summary>It has not left: cancelled, nobody gets it.</summary>
    Cancellable,

    /// <summary>It has left, and what it holds can be withdrawn from its reader.</summary>
    Revocable,

    /// <summary>It is with the relay or has left as it was, or was never to leave.</summary>
    NotRecallable,
}

public static class Recall
{
    /// <param name="form">How it leaves.</param>
    public static RecallLabel Of(DeliveryState state, SendForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (DeliveryMoves.IsAllowed(state, DeliveryState.Cancelled))
            return RecallLabel.Cancellable;
        // Who has the password of a file has the file.
        if (form.Protect is { Extent: Protection.ProtectedExtent.LockedFiles } && state == DeliveryState.Delivered)
            return RecallLabel.NotRecallable;
        return form.Protect is not null && state is (DeliveryState.Queued or DeliveryState.Released or DeliveryState.Delivered) ? RecallLabel.Revocable : RecallLabel.NotRecallable;
    }
}
