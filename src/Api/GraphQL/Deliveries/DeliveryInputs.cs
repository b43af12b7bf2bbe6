using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Deliveries;

[Description("Input of releaseDelivery.")]
internal sealed record ReleaseDeliveryInput : MutationInput
{
    [Id]
    [Description("The delivery to release, to exactly its recipient.")]
    public required string DeliveryId { get; init; }
}

[Description("Input of deleteDelivery.")]
internal sealed record DeleteDeliveryInput : MutationInput
{
    [Id]
    [Description("The delivery to delete.")]
    public required string DeliveryId { get; init; }
}

[Description("Input of rescanDelivery.")]
internal sealed record RescanDeliveryInput : MutationInput
{
    [Id]
    [Description("A held delivery, to be inspected again.")]
    public required string DeliveryId { get; init; }
}

[Description("Input of releaseDeliveries.")]
internal sealed record ReleaseDeliveriesInput : MutationInput
{
    [Id]
    [Description("The deliveries to release, at most 100.")]
    public required IReadOnlyList<string> DeliveryIds { get; init; }
}

[Requires(Permissions.MessagesAct)]
[Description("Result of releaseDelivery.")]
internal sealed class ReleaseDeliveryPayload(DeliveryNode? delivery, Outcome outcome, MutationInput input)
{
    [Description("The delivery after the call; null when there is none.")]
    public DeliveryNode? Delivery => delivery;

    [Description("Why it was not released; empty when it was, or already had been.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of deleteDelivery.")]
internal sealed class DeleteDeliveryPayload(DeliveryNode? delivery, Outcome outcome, MutationInput input)
{
    [Description("The delivery after the call; null when there is none.")]
    public DeliveryNode? Delivery => delivery;

    [Description("Why it was not deleted; empty when it was, or already had been.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of rescanDelivery.")]
internal sealed class RescanDeliveryPayload(DeliveryNode? delivery, Outcome outcome, MutationInput input)
{
    [Description("The delivery after the call; null when there is none.")]
    public DeliveryNode? Delivery => delivery;

    [Description("Why it was not sent to inspection; empty when it was, or is there already.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of releaseDeliveries.")]
internal sealed class ReleaseDeliveriesPayload(IReadOnlyList<ReleaseResult> results, Outcome outcome, MutationInput input)
{
    [Description("One for each delivery named, in the same order.")]
    public IReadOnlyList<ReleaseResult> Results => results;

    [Description("Why nothing was done at all; empty otherwise.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("What became of one delivery of a bulk release.")]
internal sealed class ReleaseResult(string deliveryId, DeliveryNode? delivery, Outcome outcome)
{
    [Id]
    [Description("The id as given.")]
    public string DeliveryId => deliveryId;

    [Description("The delivery after the call; null when there is none.")]
    public DeliveryNode? Delivery => delivery;

    [Description("Why it was not released; empty when it was, or already had been.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;
}
