using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.GraphQL.Support;

internal sealed class SupportMutations(ISupportAccess support, IMspContentAccess content, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.SupportRequest)]
    [Description("Asks a tenant to let the one who is signed in see it, for a time. For the platform's support staff, which sees no tenant otherwise.")]
    public async Task<SupportRequestPayload> RequestSupportAccess([Description("What is asked for.")] RequestSupportAccessInput input, CancellationToken cancellationToken)
    {
        var asked = new NewSupportRequest(input.Tenant, input.Reason, input.Level, input.IncludesContent == true, input.Hours);
        var outcome = await AsStaffAsync("requestSupportAccess", input, (scope, account) => support.RequestAsync(scope, account, asked, cancellationToken), cancellationToken);
        return new SupportRequestPayload(await FindOwnAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.SupportRequest)]
    [Description("Gives support access back before its time, or takes a request back.")]
    public async Task<SupportRequestPayload> LeaveSupportAccess([Description("Which access.")] SupportGrantInput input, CancellationToken cancellationToken)
    {
        var outcome = await AsStaffAsync("leaveSupportAccess", input, async (scope, account) => GlobalId.Find(input.SupportGrantId, NodeKind.SupportGrant) is { } id
            ? await support.LeaveAsync(scope, account, id, cancellationToken)
            : Unknown(), cancellationToken);
        return new SupportRequestPayload(await FindOwnAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.AccessGrant)]
    [Description("Lets support staff in, from now on and for the hours asked or fewer. Every act of it is on the audit log under 'support:'.")]
    public Task<SupportGrantPayload> GrantSupportAccess([Description("Which request.")] GrantSupportAccessInput input, CancellationToken cancellationToken) => DecideAsync(
        input.SupportGrantId, "grantSupportAccess", input, id => support.GrantAsync(caller.Current.Scope, id, input.Hours, input.IncludesContent, cancellationToken), cancellationToken);

    [Requires(Permissions.AccessGrant)]
    [Description("Refuses a request for support access.")]
    public Task<SupportGrantPayload> RefuseSupportAccess([Description("Which request.")] SupportGrantInput input, CancellationToken cancellationToken) =>
        DecideAsync(input.SupportGrantId, "refuseSupportAccess", input, id => support.RefuseAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.AccessGrant)]
    [Description("Ends support access that is in force; within ten seconds nothing more is in its reach.")]
    public Task<SupportGrantPayload> EndSupportAccess([Description("Which access.")] SupportGrantInput input, CancellationToken cancellationToken) =>
        DecideAsync(input.SupportGrantId, "endSupportAccess", input, id => support.EndAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.AccessGrant)]
    [Description("Says whether clients and accounts of the MSP may open the tenant's messages. By default they may. The tenant alone says so.")]
    public async Task<SetMspContentAccessPayload> SetMspContentAccess([Description("Yes or no.")] SetMspContentAccessInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "setMspContentAccess", input, async (scope, tenant) =>
            Outcome.Of(await content.SetAsync(scope, tenant, input.MspMayOpenMessages, cancellationToken)), cancellationToken);
        return new SetMspContentAccessPayload(outcome.Error is null ? input.MspMayOpenMessages : null, outcome, input);
    }

    private Task<Outcome> AsStaffAsync(string operation, MutationInput input, Func<Scope, Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => caller.Current.Account is { } account
            ? Outcome.Of(await command(caller.Current.Scope, account.Id))
            : Outcome.Failed(ErrorCodes.Forbidden, "Only a person of the support staff who is signed in asks for access."), cancellationToken);

    private async Task<SupportGrantPayload> DecideAsync(string grantId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, operation, input, async () => Outcome.Of(
            GlobalId.Find(grantId, NodeKind.SupportGrant) is { } id ? await command(id) : Unknown()), cancellationToken);
        if (outcome.Key is not { } key)
            return new SupportGrantPayload(null, outcome, input);
        await using var db = databases.Open(caller.Current.Scope);
        return new SupportGrantPayload(
            await db.SupportGrants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? new SupportGrantNode(row) : null, outcome, input);
    }

    private async Task<SupportRequestNode?> FindOwnAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || caller.Current.Account is not { } account)
            return null;
        var own = await support.OfAccountAsync(account.Id, Paging.MaxSize, cancellationToken);
        return own.FirstOrDefault(row => row.Id == id) is { } row ? new SupportRequestNode(row) : null;
    }

    private static CommandResult<Guid> Unknown() => new(default, ErrorCodes.NotFound, "No such request is in reach of this client.");
}
