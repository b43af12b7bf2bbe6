using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class OutgoingMutations(IOutgoingMail outgoing, SentMailRunner runner)
{
    [Requires(Permissions.MessagesAct)]
    [Description("Calls back what has not left of a mail that a mailbox sent. Deliveries that have left stay as they are, and their state says so.")]
    public async Task<CancelSendingPayload> CancelSending([Description("Which mail.")] CancelSendingInput input, CancellationToken cancellationToken)
    {
        var (message, outcome) = await runner.RunAsync("cancelSending", input, outgoing.CancelAsync, cancellationToken);
        return new CancelSendingPayload(message, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Sends a mail whose sender was warned: its confirmation. What it must pass after that it still passes.")]
    public async Task<ConfirmSendingPayload> ConfirmSending([Description("Which mail.")] ConfirmSendingInput input, CancellationToken cancellationToken)
    {
        var (message, outcome) = await runner.RunAsync("confirmSending", input, outgoing.ConfirmAsync, cancellationToken);
        return new ConfirmSendingPayload(message, outcome, input);
    }
}
