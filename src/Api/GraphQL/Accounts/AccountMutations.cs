using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Accounts;

internal sealed class AccountMutations(IAccountCommands commands, IAccountDirectory people, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.AccountsWrite)]
    [Description("Makes an account and invites its person by mail. The invitation can be accepted for seven days.")]
    public async Task<AccountPayload> InviteAccount([Description("Whom.")] InviteAccountInput input, CancellationToken cancellationToken)
    {
        var outcome = await InviteAsync(input, cancellationToken);
        return new AccountPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.AccountsWrite)]
    [Description("Sends another invitation to a person who has not accepted. The one before is void.")]
    public Task<AccountPayload> InviteAccountAgain([Description("Whom.")] AccountInput input, CancellationToken cancellationToken) =>
        ChangeAsync(input.AccountId, "inviteAccountAgain", input, id => commands.InviteAgainAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.AccountsWrite)]
    [Description("Changes an account.")]
    public Task<AccountPayload> UpdateAccount([Description("The change.")] UpdateAccountInput input, CancellationToken cancellationToken) => ChangeAsync(
        input.AccountId,
        "updateAccount",
        input,
        id => commands.ChangeAsync(caller.Current.Scope, id, new AccountChange(input.Name, input.Language, input.Address, MailboxOf(input.MailboxId)), cancellationToken),
        cancellationToken);

    [Requires(Permissions.AccountsWrite)]
    [Description("Gives an account its roles, in place of those it had. The last active administrator keeps that role.")]
    public Task<AccountPayload> SetAccountRoles([Description("Which roles.")] SetAccountRolesInput input, CancellationToken cancellationToken) => ChangeAsync(
        input.AccountId, "setAccountRoles", input, id => commands.SetRolesAsync(caller.Current.Scope, id, RoleKeys.Read(input.Roles), cancellationToken), cancellationToken);

    [Requires(Permissions.AccountsWrite)]
    [Description("Keeps an account from signing in; its tokens are refused within ten seconds.")]
    public Task<AccountPayload> DisableAccount([Description("Which account.")] AccountInput input, CancellationToken cancellationToken) =>
        ChangeAsync(input.AccountId, "disableAccount", input, id => commands.DisableAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.AccountsWrite)]
    [Description("Lets a disabled account sign in again.")]
    public Task<AccountPayload> EnableAccount([Description("Which account.")] AccountInput input, CancellationToken cancellationToken) =>
        ChangeAsync(input.AccountId, "enableAccount", input, id => commands.EnableAsync(caller.Current.Scope, id, cancellationToken), cancellationToken);

    [Requires(Permissions.AccountsWrite)]
    [Description("Removes an account; its tokens are refused within ten seconds. What it did stays on the audit log.")]
    public async Task<RemoveAccountPayload> RemoveAccount([Description("Which account.")] AccountInput input, CancellationToken cancellationToken) =>
        new(await RunAsync(input.AccountId, "removeAccount", input, id => commands.RemoveAsync(caller.Current.Scope, id, cancellationToken), cancellationToken), input);

    [AnyClient]
    [Description("Changes the name or language of the one who is signed in.")]
    public async Task<UpdateMyAccountPayload> UpdateMyAccount([Description("The change.")] UpdateMyAccountInput input, CancellationToken cancellationToken)
    {
        if (caller.Current.Account is not { } account)
            return new UpdateMyAccountPayload(null, Outcome.Failed(ErrorCodes.Forbidden, "Only a person who is signed in has an account of its own."), input);
        var outcome = await runner.RunAsync(caller.Current.Home, "updateMyAccount", input, async () =>
            Outcome.Of(await commands.ChangeOwnAsync(account.Id, input.Name, input.Language, cancellationToken)), cancellationToken);
        var after = outcome.Error is null ? await people.FindAsync(account.Id, cancellationToken) : null;
        return new UpdateMyAccountPayload(after is null ? null : new SignedInAccountNode(after, caller.Current.Scope), outcome, input);
    }

    private Task<Outcome> InviteAsync(InviteAccountInput input, CancellationToken cancellationToken)
    {
        var account = new NewAccount(input.Address, input.Name, RoleKeys.Read(input.Roles), input.Language, MailboxOf(input.MailboxId));
        return runner.RunForAsync(
            () => caller.Current.ForOwner(input.Tenant, input.OfMsp),
            place => place.Owner.Id,
            "inviteAccount",
            input,
            async place => Outcome.Of(await commands.InviteAsync(place.Scope, place.Owner, account, cancellationToken)),
            Outcome.Refused,
            cancellationToken);
    }

    private async Task<AccountPayload> ChangeAsync(string accountId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(accountId, operation, input, command, cancellationToken);
        return new AccountPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    private Task<Outcome> RunAsync(string accountId, string operation, MutationInput input, Func<Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => GlobalId.Find(accountId, NodeKind.Account) is { } id
            ? Outcome.Of(await command(id))
            : Outcome.Failed(ErrorCodes.NotFound, "No such account is in reach of this client.", "accountId"), cancellationToken);

    private async Task<AccountNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Key is not { } id || !caller.Current.Scope.Allows(Permissions.AccountsRead))
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new AccountNode(row) : null;
    }

    /// <summary>One that is no mailbox's id stays unknown.</summary>
    private static Guid? MailboxOf(string? id) => id is null ? null : GlobalId.Find(id, NodeKind.Mailbox) ?? Guid.Empty;
}
