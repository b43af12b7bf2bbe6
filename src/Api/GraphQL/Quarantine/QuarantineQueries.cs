using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Quarantine;

internal sealed class QuarantineQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.MessagesRead)]
    [Description("Requests for held mail, newest first: of all tenants in reach, or of the own mailbox.")]
    public async Task<Connection<ReleaseRequestNode>> ReleaseRequests(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only those in this state.")] RequestState? state,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => Which(db, state), row => row.RequestedAt, row => Cursor.Of(row.RequestedAt, row.Id), row => new ReleaseRequestNode(row), cancellationToken);
    }

    [Requires(Permissions.MessagesRead)]
    [Description("Senders that owners of mailboxes blocked or allowed, newest first: of all tenants in reach, or of the own mailbox.")]
    public async Task<Connection<MailboxSenderNode>> MailboxSenders(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Only of this mailbox.")] string? mailbox,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var of = mailbox is null ? (Guid?)null : GlobalId.Read(mailbox, NodeKind.Mailbox, "mailbox");
        return await databases.PageAsync(
            scope, first, after, db => Which(db, of), row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new MailboxSenderNode(row), cancellationToken);
    }

    internal async Task<ReleaseRequestNode?> RequestAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.ReleaseRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new ReleaseRequestNode(row) : null;
    }

    internal async Task<MailboxSenderNode?> SenderAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.MailboxSenders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new MailboxSenderNode(row) : null;
    }

    private static IQueryable<ReleaseRequestRow> Which(PlatformDb db, RequestState? state) => db.ReleaseRequests.AsNoTracking().Where(row => state == null || row.State == state);

    private static IQueryable<MailboxSenderRow> Which(PlatformDb db, Guid? mailbox) => db.MailboxSenders.AsNoTracking().Where(row => mailbox == null || row.MailboxId == mailbox);
}
