using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

internal sealed class SignInMutations(
    ISignInProviderCommands commands,
    ISignInProviders providers,
    IPlatformDbFactory databases,
    ProviderCheck check,
    OutsideAddress address,
    OutsideLinks links,
    OutsideAudit audit,
    SessionStore sessions,
    CallerContext caller,
    MutationRunner runner)
{
    [Requires(Permissions.SignInWrite)]
    [Description("Lets people of a tenant sign in by its own OpenID provider. Whoever sets one must hold all that an administrator of the tenant holds.")]
    public async Task<SignInProviderPayload> CreateSignInProvider([Description("The provider.")] CreateSignInProviderInput input, CancellationToken cancellationToken)
    {
        var provider = new NewSignInProvider(
            input.Name,
            input.Issuer,
            input.ClientId,
            input.ClientSecret,
            input.Domains ?? [],
            input.Scopes ?? [],
            input.CreatesAccounts ?? true,
            input.RoleClaim,
            RoleMappingInput.Read(input.RoleMap ?? []),
            RoleKeys.Read(input.DefaultRoles ?? []));
        var outcome = await runner.RunForTenantAsync(
            input.Tenant, "createSignInProvider", input, async (scope, tenant) => Outcome.Of(await commands.CreateAsync(scope, tenant, provider, cancellationToken)), cancellationToken);
        return new SignInProviderPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.SignInWrite)]
    [Description("Changes a sign-in provider.")]
    public async Task<SignInProviderPayload> UpdateSignInProvider([Description("The change.")] UpdateSignInProviderInput input, CancellationToken cancellationToken)
    {
        var change = new SignInProviderChange(
            input.Name,
            input.Issuer,
            input.ClientId,
            input.ClientSecret,
            input.Domains,
            input.Scopes,
            input.Enabled,
            input.LocalSignIn,
            input.CreatesAccounts,
            input.RoleClaim,
            input.RoleMap is { } map ? RoleMappingInput.Read(map) : null,
            input.DefaultRoles is { } roles ? RoleKeys.Read(roles) : null);
        var outcome = await RunAsync(input.ProviderId, "updateSignInProvider", input, id => commands.UpdateAsync(caller.Current.Scope, id, change, cancellationToken), cancellationToken);
        return new SignInProviderPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.SignInWrite)]
    [Description("Removes a sign-in provider; its people's accounts stay and go by password. Refused while passwords are closed: say localSignIn: true before.")]
    public async Task<RemoveSignInProviderPayload> RemoveSignInProvider([Description("Which provider.")] SignInProviderInput input, CancellationToken cancellationToken) =>
        new(await RunAsync(input.ProviderId, "removeSignInProvider", input, id => commands.RemoveAsync(caller.Current.Scope, id, cancellationToken), cancellationToken), input);

    [Requires(Permissions.SignInWrite)]
    [Description("Tries a sign-in provider without a person and says in plain words what is right and what is not.")]
    public async Task<CheckSignInProviderPayload> CheckSignInProvider([Description("Which provider.")] SignInProviderInput input, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        if (GlobalId.Find(input.ProviderId, NodeKind.SignInProvider) is not { } id
            || await db.SignInProviders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row
            || await providers.FindAnyAsync(id, cancellationToken) is not { } provider)
            return new CheckSignInProviderPayload([], Unknown(), input);
        var steps = await check.RunAsync(provider, address.Of(row.TenantId, null), row.LastSignInAt, caller.Current.Language, cancellationToken);
        return new CheckSignInProviderPayload([.. steps.Select(step => new SignInCheckStepNode(step))], Outcome.Done(id), input);
    }

    [Requires(Permissions.SignInWrite)]
    [Description("Forgets which person at the tenant's provider an account is: at the next sign-in it is found by its address again. For accounts that change hands, or providers that are replaced.")]
    public async Task<ForgetOutsideSignInPayload> ForgetOutsideSignIn([Description("Which account.")] ForgetOutsideSignInInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "forgetOutsideSignIn", input, () => ForgetAsync(input.AccountId, cancellationToken), cancellationToken), input);

    private async Task<Outcome> ForgetAsync(string accountId, CancellationToken cancellationToken)
    {
        var scope = caller.Current.Scope;
        await using var db = databases.Open(scope);
        if (GlobalId.Find(accountId, NodeKind.Account) is not { } id
            || await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.OwnerKind == AccountOwnerKind.Tenant, cancellationToken) is not { } account)
            return Outcome.Failed(ErrorCodes.NotFound, "No such account of a tenant is in reach of this client.", "accountId");
        // Whoever comes next with the address is that account.
        if (commands.MayVouch(scope, account.OwnerId) is { Succeeded: false } refused)
            return Outcome.Of(refused);
        await sessions.EndOthersAsync(id, kept: null, cancellationToken);
        if (await links.RemoveAsync(id, cancellationToken))
            await audit.ForgottenAsync(scope, account.OwnerId, id, account.Address, cancellationToken);
        return Outcome.Done(id);
    }

    private Task<Outcome> RunAsync(string providerId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => GlobalId.Find(providerId, NodeKind.SignInProvider) is { } id ? Outcome.Of(await command(id)) : Unknown(), cancellationToken);

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such sign-in provider is in reach of this client.", "providerId");

    private async Task<SignInProviderNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || !caller.Current.Scope.Allows(Permissions.SignInRead))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.SignInProviders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new SignInProviderNode(row) : null;
    }
}
