using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Sending;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;

namespace Platform.Api.GraphQL.Sending;

internal sealed class SendingQueries(IPlatformDbFactory databases, CallerContext caller, ISendUses uses, IRecipientDirectory directory, TimeProvider time)
{
    [Requires(Permissions.SendingRead)]
    [Description("Mailboxes that send nothing now, the one blocked last first.")]
    public async Task<Connection<SendBlockNode>> SendBlocks(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Only this mailbox.")] string? mailbox,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var of = mailbox is null ? (Guid?)null : GlobalId.Read(mailbox, NodeKind.Mailbox, "mailbox");
        var now = time.GetUtcNow();
        return await databases.PageAsync(
            scope,
            first,
            after,
            db => db.SendAccounts.AsNoTracking().Where(row => row.BlockedUntil > now && (of == null || row.Id == of)),
            row => row.BlockedAt,
            row => Cursor.Of(row.BlockedAt, row.Id),
            row => new SendBlockNode(row),
            cancellationToken);
    }

    [Requires(Permissions.SendingRead)]
    [Description("The limits of sending that hold for a mailbox, by its policy, and how much of each is used; empty when there is none, or no such mailbox in reach.")]
    public async Task<IReadOnlyList<SendLimitUseNode>> SendLimits([Id][Description("The mailbox.")] string mailbox, CancellationToken cancellationToken)
    {
        var id = GlobalId.Read(mailbox, NodeKind.Mailbox, "mailbox");
        await using var db = databases.Open(caller.Current.Scope);
        var tenantId = await db.Mailboxes.AsNoTracking().Where(row => row.Id == id).Select(row => (Guid?)row.TenantId).SingleOrDefaultAsync(cancellationToken);
        if (tenantId is null || await directory.FindTenantAsync(tenantId.Value, cancellationToken) is not { } tenant)
            return [];
        return [.. (await uses.OfAsync(tenant, id, cancellationToken)).Select(use => new SendLimitUseNode(use))];
    }
}

internal sealed class SendingMutations(ISendBlocks blocks, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.SendingWrite)]
    [Description("Blocks a mailbox from sending for a while; what of it waits for the relay is held.")]
    public async Task<SendingPayload> BlockSending([Description("Which mailbox, and for how long.")] BlockSendingInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "blockSending", input, async () => GlobalId.Find(input.MailboxId, NodeKind.Mailbox) is { } id
            ? Outcome.Of(await blocks.BlockAsync(caller.Current.Scope, id, input.Minutes, input.Reason, input.Ends ?? SendBlockEnds.Sessions, cancellationToken))
            : Unknown, cancellationToken),
        input);

    [Requires(Permissions.SendingWrite)]
    [Description("Ends the block of a mailbox. What it sent before counts towards no limit any more.")]
    public async Task<SendingPayload> UnblockSending([Description("Which mailbox.")] UnblockSendingInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "unblockSending", input, async () => GlobalId.Find(input.MailboxId, NodeKind.Mailbox) is { } id
            ? Outcome.Of(await blocks.UnblockAsync(caller.Current.Scope, id, input.ReleaseHeld ?? false, cancellationToken))
            : Unknown, cancellationToken),
        input);

    private static Outcome Unknown => Outcome.Failed(ErrorCodes.NotFound, "No such mailbox is in reach of this client.", "mailboxId");
}
