using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Deliveries;

internal sealed class DeliveryMutations(IMessageFlow flow, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    private const int MaxBulk = 100;

    [Requires(Permissions.MessagesAct)]
    [Description("Delivers a stopped mail to exactly its recipient, byte for byte. Outgoing mail that asks for approval waits for that first.")]
    public async Task<ReleaseDeliveryPayload> ReleaseDelivery([Description("Which delivery.")] ReleaseDeliveryInput input, CancellationToken cancellationToken)
    {
        var (delivery, outcome) = await MoveAsync(input.DeliveryId, "releaseDelivery", "released", input, flow.ReleaseAsync, cancellationToken);
        return new ReleaseDeliveryPayload(delivery, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Deletes a stopped mail for its recipient.")]
    public async Task<DeleteDeliveryPayload> DeleteDelivery([Description("Which delivery.")] DeleteDeliveryInput input, CancellationToken cancellationToken)
    {
        var (delivery, outcome) = await MoveAsync(input.DeliveryId, "deleteDelivery", "deleted", input, flow.DeleteAsync, cancellationToken);
        return new DeleteDeliveryPayload(delivery, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Sends a held mail back to inspection with fresh attempts.")]
    public async Task<RescanDeliveryPayload> RescanDelivery([Description("Which delivery.")] RescanDeliveryInput input, CancellationToken cancellationToken)
    {
        var (delivery, outcome) = await MoveAsync(input.DeliveryId, "rescanDelivery", "inspected again", input, flow.RescanAsync, cancellationToken);
        return new RescanDeliveryPayload(delivery, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Releases several deliveries. Each succeeds or fails for itself; a repeat finds those already released.")]
    public async Task<ReleaseDeliveriesPayload> ReleaseDeliveries([Description("Which deliveries.")] ReleaseDeliveriesInput input, CancellationToken cancellationToken)
    {
        if (input.DeliveryIds.Count is 0 or > MaxBulk)
            return new ReleaseDeliveriesPayload([], Outcome.Failed(ErrorCodes.BadUserInput, $"Name 1 to {MaxBulk} deliveries.", "deliveryIds"), input);
        var results = new List<ReleaseResult>(input.DeliveryIds.Count);
        foreach (var id in input.DeliveryIds)
        {
            // One key stands for the whole call; under it each delivery has its own.
            var single = new ReleaseDeliveryInput { DeliveryId = id, IdempotencyKey = input.IdempotencyKey };
            var (delivery, outcome) = await MoveAsync(id, "releaseDeliveries:" + id, "released", single, flow.ReleaseAsync, cancellationToken);
            results.Add(new ReleaseResult(id, delivery, outcome));
        }

        return new ReleaseDeliveriesPayload(results, new Outcome(null, null), input);
    }

    private async Task<(DeliveryNode? Delivery, Outcome Outcome)> MoveAsync(
        string id,
        string operation,
        string verb,
        MutationInput input,
        Func<Scope, Guid, CancellationToken, Task<MoveOutcome>> move,
        CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.Delivery) is not { } key || await FindAsync(key, cancellationToken) is not { } before)
            return (null, Unknown());
        var outcome = await runner.RunAsync(before.TenantId, operation, input, async () => await move(caller.Current.Scope, key, cancellationToken) switch
        {
            { Status: MoveStatus.Moved or MoveStatus.AlreadyThere } => Outcome.Done(key),
            { Status: MoveStatus.NotAllowed, State: var state } => Outcome.Failed(ErrorCodes.NotAllowed, $"A delivery that is {state?.ToString().ToLowerInvariant()} cannot be {verb}.", "deliveryId"),
            { Status: MoveStatus.NotPermitted } => Outcome.Failed(ErrorCodes.RightMissing, $"The policy of this mailbox does not let its owner have such mail {verb}. Ask for it by requestRelease.", "deliveryId"),
            { Status: MoveStatus.OwnMail } => Outcome.Failed(ErrorCodes.RightMissing, "This mail asks for approval, and who sends it decides nothing over it.", "deliveryId"),
            _ => Unknown(),
        }, cancellationToken);
        return (await FindAsync(key, cancellationToken) is { } after ? new DeliveryNode(after) : null, outcome);
    }

    private async Task<DeliveryRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such delivery is in reach of this client.", "deliveryId");
}
