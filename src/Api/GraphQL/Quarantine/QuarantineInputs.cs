using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Feeds;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Quarantine;

[Description("Input of requestRelease.")]
internal sealed record RequestReleaseInput : MutationInput
{
    [Id]
    [Description("The held delivery.")]
    public required string DeliveryId { get; init; }

    [Description("Why, at most 500 characters.")]
    public string? Note { get; init; }
}

[Description("Input of decideRelease.")]
internal sealed record DecideReleaseInput : MutationInput
{
    [Id]
    [Description("The request.")]
    public required string RequestId { get; init; }

    [Description("True: deliver the mail. False: leave it held.")]
    public required bool Approve { get; init; }

    [Description("What the one who asked is told, at most 500 characters.")]
    public string? Note { get; init; }
}

[Description("Input of listMailboxSender.")]
internal sealed record ListMailboxSenderInput : MutationInput
{
    [Id]
    [Description("The delivery whose sender is meant.")]
    public required string DeliveryId { get; init; }

    [Description("Block or allow.")]
    public required ListAction List { get; init; }

    [Description("The sender's whole domain with what stands below it, instead of the address.")]
    public bool? WholeDomain { get; init; }
}

[Description("Input of removeMailboxSender.")]
internal sealed record RemoveMailboxSenderInput : MutationInput
{
    [Id]
    [Description("The entry.")]
    public required string SenderId { get; init; }
}

[Requires(Permissions.MessagesRead)]
[Description("Result of requestRelease.")]
internal sealed class RequestReleasePayload(ReleaseRequestNode? request, Outcome outcome, MutationInput input)
{
    [Description("The request.")]
    public ReleaseRequestNode? Request => request;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of decideRelease.")]
internal sealed class DecideReleasePayload(ReleaseRequestNode? request, Outcome outcome, MutationInput input)
{
    [Description("The request after the call.")]
    public ReleaseRequestNode? Request => request;

    [Description("Why nothing was decided; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of listMailboxSender.")]
internal sealed class ListMailboxSenderPayload(MailboxSenderNode? sender, Outcome outcome, MutationInput input)
{
    [Description("The entry.")]
    public MailboxSenderNode? Sender => sender;

    [Description("Why it was not listed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of removeMailboxSender.")]
internal sealed class RemoveMailboxSenderPayload(Outcome outcome, MutationInput input)
{
    [Description("Why it was not removed; empty when it was, or already had been.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
