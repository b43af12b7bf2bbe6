using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending;

/// <param name="Why">The decision it would have gone by.</param>
/// <param name="Status">With what it came back from the next hop; null: it does not.</param>
internal sealed record HeldDelivery(Guid Id, Guid MessageId, string Recipient, string? Action, DecisionRecord? Why, string? Status = null)
{
    /// <summary>JSON of what is left to do before it goes out; null: nothing.</summary>
    public string? Plan { get; init; }
}

/// <summary>What waits for the relay, or came back from it, while its sender is blocked: a person decides over it.</summary>
internal static class SendHolds
{
    /// <param name="deliveries">In the relay's states and locked by the caller.</param>
    public static async ValueTask HoldAsync(MoveSession session, IReadOnlyCollection<HeldDelivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var message in deliveries.GroupBy(delivery => delivery.MessageId))
        {
            var summary = await session.Sql.FirstAsync($"SELECT {MessageSummary.Columns} FROM messages WHERE id = @id", MessageSummary.Read, cancellationToken, ("@id", message.Key));
            foreach (var delivery in message)
            {
                // A worker that still has it finds its lease gone.
                await session.Sql.ExecuteAsync(
                    $"UPDATE deliveries SET state = '{nameof(DeliveryState.Held)}', last_status = '{SendChecks.AccountBlocked}', lease_token = NULL, due_at = NULL, changed_at = @now WHERE id = @id",
                    cancellationToken,
                    ("@now", session.NowMilliseconds),
                    ("@id", delivery.Id));
                await SendChecks.KeepHeldAsync(session, delivery.Id, delivery.Why, cancellationToken);
                session.Record(DeliveryEvents.Of(
                    summary!, new DeliveryMoved(delivery.Id, delivery.Recipient, DeliveryState.Held) { Action = delivery.Action, Reason = SendChecks.AccountBlocked, Status = delivery.Status }, session.Now));
            }
        }
    }
}
