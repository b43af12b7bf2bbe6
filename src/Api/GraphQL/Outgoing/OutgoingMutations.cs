using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class OutgoingMutations(IOutgoingMail outgoing, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.MessagesAct)]
    [Description("Calls back what has not left of a mail that a mailbox sent. Deliveries that have left stay as they are, and their state says so.")]
    public async Task<CancelSendingPayload> CancelSending([Description("Which mail.")] CancelSendingInput input, CancellationToken cancellationToken)
    {
        var (message, outcome) = await RunAsync(input.MessageId, input.DeliveryIds, "cancelSending", input, outgoing.CancelAsync, cancellationToken);
        return new CancelSendingPayload(message, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Sends a mail whose sender was warned: its confirmation. What it must pass after that it still passes.")]
    public async Task<ConfirmSendingPayload> ConfirmSending([Description("Which mail.")] ConfirmSendingInput input, CancellationToken cancellationToken)
    {
        var (message, outcome) = await RunAsync(input.MessageId, input.DeliveryIds, "confirmSending", input, outgoing.ConfirmAsync, cancellationToken);
        return new ConfirmSendingPayload(message, outcome, input);
    }

    private async Task<(MessageNode? Message, Outcome Outcome)> RunAsync(
        string messageId,
        IReadOnlyList<string>? deliveryIds,
        string operation,
        MutationInput input,
        Func<Scope, Guid, IReadOnlyList<Guid>?, CancellationToken, Task<CommandResult<int>>> command,
        CancellationToken cancellationToken)
    {
        if (GlobalId.Find(messageId, NodeKind.Message) is not { } key || await FindAsync(key, cancellationToken) is not { } before)
            return (null, Outcome.Failed(ErrorCodes.NotFound, "No such outgoing mail is in reach of this client.", "messageId"));
        IReadOnlyList<Guid>? deliveries = deliveryIds is null ? null : [.. deliveryIds.Select(id => GlobalId.Find(id, NodeKind.Delivery) ?? Guid.Empty)];
        var outcome = await runner.RunAsync(
            before.TenantId, operation, input, async () => Outcome.Of(await command(caller.Current.Scope, key, deliveries, cancellationToken), key), cancellationToken);
        return (await FindAsync(key, cancellationToken) is { } after ? new MessageNode(after) : null, outcome);
    }

    private async Task<MessageRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && (row.SenderMailboxId != null || row.AuthorMailboxId != null), cancellationToken);
    }
}
