using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Directory;

internal sealed class DirectoryMutations(IDirectoryCommands commands, IRecipientDirectory directory, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.DirectoryWrite)]
    [Description("Makes a tenant of the client's MSP.")]
    public async Task<CreateTenantPayload> CreateTenant([Description("The tenant.")] CreateTenantInput input, CancellationToken cancellationToken)
    {
        if (caller.Current.Scope.MspId is not { } msp)
            return new CreateTenantPayload(null, Outcome.Failed(ErrorCodes.Forbidden, "Only a client of an MSP can make tenants."), input);
        var outcome = await runner.RunAsync(msp, "createTenant", input, async () => Outcome.Of(await commands.CreateTenantAsync(
            new NewTenant(input.Slug, input.Name, input.Language, msp, input.Route, input.TrustedHops ?? [], input.JournalAddress),
            caller.Current.Scope.Actor,
            cancellationToken)), cancellationToken);
        // The scope of this request was made before the tenant was.
        var settings = outcome.Key is { } id ? await directory.FindTenantAsync(id, cancellationToken) : null;
        return new CreateTenantPayload(settings is null ? null : new TenantNode(settings), outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Changes a tenant.")]
    public async Task<UpdateTenantPayload> UpdateTenant([Description("The change.")] UpdateTenantInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "updateTenant", input, async (scope, tenant) => Outcome.Of(await commands.UpdateTenantAsync(
            scope,
            tenant,
            new TenantChange(input.Name, input.Language, input.Route, input.TrustedHops, input.JournalAddress, ReportAddress: input.ReportAddress),
            cancellationToken), tenant), cancellationToken);
        var settings = outcome.Key is { } id ? await directory.FindTenantAsync(id, cancellationToken) : null;
        return new UpdateTenantPayload(settings is null ? null : new TenantNode(settings), outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Makes a mailbox.")]
    public async Task<CreateMailboxPayload> CreateMailbox([Description("The mailbox.")] CreateMailboxInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "createMailbox", input, async (scope, tenant) =>
            Outcome.Of(await commands.AddMailboxAsync(scope, tenant, input.Address, input.DisplayName, cancellationToken)), cancellationToken);
        await using var db = databases.Open(caller.Current.Scope);
        var row = outcome.Key is { } id ? await db.Mailboxes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) : null;
        return new CreateMailboxPayload(row is null ? null : new MailboxNode(row), outcome, input);
    }

    [Requires(Permissions.DirectoryWrite)]
    [Description("Removes a mailbox. Its messages stay.")]
    public async Task<RemoveMailboxPayload> RemoveMailbox([Description("Which mailbox.")] RemoveMailboxInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, "removeMailbox", input, async () =>
            GlobalId.Find(input.MailboxId, NodeKind.Mailbox) is { } id && await TenantOfAsync(id, cancellationToken) is { } tenant
                ? Outcome.Of(await commands.RemoveMailboxAsync(caller.Current.Scope, tenant, id, cancellationToken), id)
                : Outcome.Failed(ErrorCodes.NotFound, "No such mailbox is in reach of this client.", "mailboxId"), cancellationToken);
        return new RemoveMailboxPayload(outcome, input);
    }

    private async Task<Guid?> TenantOfAsync(Guid mailbox, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Mailboxes.AsNoTracking().Where(row => row.Id == mailbox).Select(row => (Guid?)row.TenantId).SingleOrDefaultAsync(cancellationToken);
    }
}
