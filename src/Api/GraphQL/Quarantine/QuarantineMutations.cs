using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Quarantine;

internal sealed class QuarantineMutations(IReleaseRequests requests, IMailboxSenders senders, QuarantineQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.MessagesRead)]
    [Description("Asks administrators to have a held mail delivered to its recipient. One request for a delivery; they are told by mail, and the answer comes by mail.")]
    public async Task<RequestReleasePayload> RequestRelease([Description("Which delivery, and why.")] RequestReleaseInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.DeliveryId, NodeKind.Delivery) is not { } delivery
            ? Outcome.Failed(ErrorCodes.NotFound, "No such delivery is in reach of this client.", "deliveryId")
            : await runner.RunAsync(
                caller.Current.Home, "requestRelease", input, async () => Outcome.Of(await requests.RequestAsync(caller.Current.Scope, delivery, input.Note ?? "", cancellationToken)), cancellationToken);
        return new RequestReleasePayload(outcome.Key is { } id ? await queries.RequestAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Approves or refuses a request. Approved, the mail goes to the one mailbox that it was asked for. Owners of mailboxes decide over none.")]
    public async Task<DecideReleasePayload> DecideRelease([Description("Which request, and how.")] DecideReleaseInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.RequestId, NodeKind.ReleaseRequest) is not { } request
            ? Outcome.Failed(ErrorCodes.NotFound, "No such request is in reach of this client.", "requestId")
            : await runner.RunAsync(
                caller.Current.Home, "decideRelease", input, async () => Outcome.Of(await requests.DecideAsync(caller.Current.Scope, request, input.Approve, input.Note ?? "", cancellationToken)), cancellationToken);
        return new DecideReleasePayload(outcome.Key is { } id ? await queries.RequestAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Blocks or allows the sender of a delivery for its mailbox alone. What was said of that sender before is replaced.")]
    public async Task<ListMailboxSenderPayload> ListMailboxSender([Description("Whose sender, and how.")] ListMailboxSenderInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.DeliveryId, NodeKind.Delivery) is not { } delivery
            ? Outcome.Failed(ErrorCodes.NotFound, "No such delivery is in reach of this client.", "deliveryId")
            : await runner.RunAsync(
                caller.Current.Home,
                "listMailboxSender",
                input,
                async () => Outcome.Of(await senders.ListAsync(caller.Current.Scope, delivery, input.List, input.WholeDomain == true, cancellationToken)),
                cancellationToken);
        return new ListMailboxSenderPayload(outcome.Key is { } id ? await queries.SenderAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description("Takes a sender off the list of a mailbox.")]
    public async Task<RemoveMailboxSenderPayload> RemoveMailboxSender([Description("Which entry.")] RemoveMailboxSenderInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.SenderId, NodeKind.MailboxSender) is not { } sender
            ? Outcome.Failed(ErrorCodes.NotFound, "No such entry is in reach of this client.", "senderId")
            : await runner.RunAsync(caller.Current.Home, "removeMailboxSender", input, async () => Outcome.Of(await senders.RemoveAsync(caller.Current.Scope, sender, cancellationToken)), cancellationToken);
        return new RemoveMailboxSenderPayload(outcome, input);
    }
}
