using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class OutgoingQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.MessagesRead)]
    [Description("Mail that mailboxes of the tenants in reach sent, newest first; of who reaches no more, the own mailbox's.")]
    public async Task<Connection<MessageNode>> OutgoingMessages(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only with a delivery in one of these states: WAITING, AWAITING_CONFIRMATION and AWAITING_APPROVAL have not left.")] IReadOnlyList<DeliveryState>? states,
        [Id][Description("Only of this mailbox.")] string? mailbox,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var of = mailbox is null ? (Guid?)null : GlobalId.Read(mailbox, NodeKind.Mailbox, "mailbox");
        return await databases.PageAsync(
            scope, first, after, db => Which(db, scope, of, states), row => row.ReceivedAt, row => Cursor.Of(row.ReceivedAt, row.Id), row => new MessageNode(row), cancellationToken);
    }

    /// <summary>Of an employee what the own mailboxes sent, and not what they got.</summary>
    private static IQueryable<MessageRow> Which(PlatformDb db, Scope scope, Guid? mailbox, IReadOnlyList<DeliveryState>? states)
    {
        // Of what a server of the tenant's own submits for no mailbox, the author's is the sender.
        var sent = db.Messages.Where(row => (row.SenderMailboxId != null || row.AuthorMailboxId != null)
            && (mailbox == null || row.SenderMailboxId == mailbox || (row.SenderMailboxId == null && row.AuthorMailboxId == mailbox)));
        if (scope.Mailboxes is { } mailboxes)
        {
            Guid[] own = [.. mailboxes];
            sent = sent.Where(row => own.Contains((row.SenderMailboxId ?? row.AuthorMailboxId)!.Value));
        }

        return states is null ? sent : sent.Where(row => db.Deliveries.Any(delivery => delivery.MessageId == row.Id && states.Contains(delivery.State)));
    }
}
