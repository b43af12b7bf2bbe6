using System.ComponentModel;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

[Description("Input of cancelSending.")]
internal sealed record CancelSendingInput : SentMailInput;

[Description("Input of confirmSending.")]
internal sealed record ConfirmSendingInput : SentMailInput;

[Requires(Permissions.MessagesAct)]
[Description("Result of cancelSending.")]
internal sealed class CancelSendingPayload(MessageNode? message, Outcome outcome, MutationInput input)
{
    [Description("The mail after the call; the state of each delivery says what became of it.")]
    public MessageNode? Message => message;

    [Description("Why nothing was cancelled; empty when something was, or all had been.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of confirmSending.")]
internal sealed class ConfirmSendingPayload(MessageNode? message, Outcome outcome, MutationInput input)
{
    [Description("The mail after the call.")]
    public MessageNode? Message => message;

    [Description("Why nothing was confirmed; empty when something was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
