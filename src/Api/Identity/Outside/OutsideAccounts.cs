using Microsoft.EntityFrameworkCore;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>
/// Finds the account of a person whom a tenant's provider vouches for: by the link, else by an address in a domain that is routed to this
/// provider, else a new one where the provider makes them. What it says of roles is done at each sign-in.
/// </summary>
internal sealed class OutsideAccounts(
    ISignInProviders providers,
    IAccountDirectory accounts,
    IAccountCommands commands,
    IInvitations invitations,
    IPlatformDbFactory databases,
    OutsideLinks links,
    OutsideAudit audit)
{
    private const int MaxName = 200;

    /// <param name="againSince">The person must have proved who they are after this; null: at any time will do.</param>
    /// <exception cref="OutsideSignInException">This person is not let in.</exception>
    public async Task<SignInAccount> FindAsync(SignInProvider provider, OutsidePerson person, DateTimeOffset? againSince, CancellationToken cancellationToken)
    {
        try
        {
            if (againSince is { } since && !(person.AuthenticatedAt >= since - IdTokenCheck.Skew))
                throw new OutsideSignInException(OutsideProblem.NotAnew, "The ID token does not say by 'auth_time' that the person signed in anew.");
            var roles = await RolesAsync(provider, person, cancellationToken);
            var account = await LinkedAsync(provider, person, cancellationToken) ?? await LinkAsync(provider, person, roles, cancellationToken);
            if (account.State != AccountState.Active)
                throw new OutsideSignInException(OutsideProblem.Disabled, "The account is disabled.");
            if (provider.RoleClaim is null)
                return account;
            await SetRolesAsync(provider, account.Id, roles, cancellationToken);
            return await accounts.FindAsync(account.Id, cancellationToken) ?? throw Gone();
        }
        catch (OutsideSignInException refused)
        {
            await audit.RefusedAsync(provider, person, refused.Problem, cancellationToken);
            throw;
        }
    }

    private async Task<SignInAccount?> LinkedAsync(SignInProvider provider, OutsidePerson person, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(provider.TenantId, provider.Issuer, person.Subject, cancellationToken) is not { } id)
            return null;
        if (await accounts.FindAsync(id, cancellationToken) is { } account)
            return account.TenantId == provider.TenantId ? account : throw Foreign();
        // The account was removed: the person is a new one.
        await links.RemoveAsync(id, cancellationToken);
        return null;
    }

    private async Task<SignInAccount> LinkAsync(SignInProvider provider, OutsidePerson person, IReadOnlyList<Guid> roles, CancellationToken cancellationToken)
    {
        if (person.Address is not { } address)
            throw new OutsideSignInException(OutsideProblem.AddressMissing, "The provider names no address that it has checked.");
        if (await providers.FindByAddressAsync(address, cancellationToken) is not { } routed || routed.Id != provider.Id)
            throw Foreign();
        var account = await accounts.FindByAddressAsync(address, cancellationToken);
        var made = account is null;
        if (account is null)
            account = await MakeAsync(provider, person, address, roles, cancellationToken);
        else if (account.TenantId != provider.TenantId)
            throw Foreign();
        else if (await links.HasAnyAsync(account.Id, cancellationToken))
            throw new OutsideSignInException(OutsideProblem.LinkedElsewhere, "The account is linked to another person at the provider, or to another provider.");
        else if (account.State == AccountState.Disabled)
            return account;
        else if (account.State == AccountState.Invited)
            account = await AcceptAsync(provider, account.Id, cancellationToken);
        if (!await links.AddAsync(provider.TenantId, provider.Issuer, person.Subject, account.Id, cancellationToken))
            return await LinkedAsync(provider, person, cancellationToken) ?? throw new OutsideSignInException(OutsideProblem.LinkedElsewhere, "The account was linked in the same moment.");
        await audit.LinkedAsync(provider, account, made, cancellationToken);
        return account;
    }

    private async Task<SignInAccount> MakeAsync(SignInProvider provider, OutsidePerson person, string address, IReadOnlyList<Guid> roles, CancellationToken cancellationToken)
    {
        if (!provider.CreatesAccounts)
            throw new OutsideSignInException(OutsideProblem.NoAccount, "There is no account, and the provider makes none.");
        if (roles.Count == 0)
            throw new OutsideSignInException(OutsideProblem.NoRole, "No role follows from what the provider says.");
        var made = await commands.CreateAsync(
            OutsideAudit.ScopeOf(provider.TenantId), AccountOwner.Tenant(provider.TenantId), new NewAccount(address, NameOf(person, address), roles, person.Language), cancellationToken);
        // In the same moment another browser of the same person made it.
        var account = made.Succeeded ? await accounts.FindAsync(made.Value, cancellationToken) : await accounts.FindByAddressAsync(address, cancellationToken);
        return account is { } found && found.TenantId == provider.TenantId ? found : throw new OutsideSignInException(OutsideProblem.NoAccount, made.Message ?? "The account was removed.");
    }

    /// <summary>The provider's word stands for the link of the mail.</summary>
    private async Task<SignInAccount> AcceptAsync(SignInProvider provider, Guid accountId, CancellationToken cancellationToken)
    {
        if (await invitations.FindAsync(accountId, cancellationToken) is null)
            await commands.InviteAgainAsync(OutsideAudit.ScopeOf(provider.TenantId), accountId, cancellationToken);
        if (await invitations.FindAsync(accountId, cancellationToken) is { } invitation)
            await invitations.AcceptAsync(invitations.TokenOf(invitation.Id), cancellationToken);
        return await accounts.FindAsync(accountId, cancellationToken) ?? throw Gone();
    }

    /// <summary>Roles that there are; a map may name one that was removed since.</summary>
    private async Task<IReadOnlyList<Guid>> RolesAsync(SignInProvider provider, OutsidePerson person, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(OutsideAudit.ScopeOf(provider.TenantId));
        var own = await db.Roles.AsNoTracking().Where(role => role.OwnerId == provider.TenantId).Select(role => role.Id).ToListAsync(cancellationToken);
        bool IsThere(Guid role) => BuiltInRoles.Find(role) is { Of: AccountOwnerKind.Tenant } || own.Contains(role);
        var mapped = provider.Roles.RolesOf(person.Values).Where(IsThere).ToList();
        return mapped.Count > 0 ? mapped : [.. provider.Roles.Default.Where(IsThere)];
    }

    private async Task SetRolesAsync(SignInProvider provider, Guid accountId, IReadOnlyList<Guid> roles, CancellationToken cancellationToken)
    {
        var scope = OutsideAudit.ScopeOf(provider.TenantId);
        await using var db = databases.Open(scope);
        var held = await db.AccountRoles.AsNoTracking().Where(row => row.AccountId == accountId).Select(row => row.RoleId).ToListAsync(cancellationToken);
        if (roles.Count == 0)
        {
            // A map that makes nobody an administrator leaves those there are, who have to be able to mend it.
            if (held.Contains(BuiltInRoles.Administrator.Id) && !provider.Roles.Given.Contains(BuiltInRoles.Administrator.Id))
                return;
            throw new OutsideSignInException(OutsideProblem.NoRole, "No role follows from what the provider says.");
        }

        if (held.ToHashSet().SetEquals(roles))
            return;
        // The last active administrator keeps what it has; whoever looks after the provider sees it on the audit log.
        var set = await commands.SetRolesAsync(scope, accountId, roles, cancellationToken);
        if (!set.Succeeded && set.Code != "LAST_ADMINISTRATOR")
            throw new OutsideSignInException(OutsideProblem.NoRole, set.Message ?? "");
    }

    private static string NameOf(OutsidePerson person, string address)
    {
        var name = new string([.. (person.Name ?? "").Where(c => !char.IsControl(c)).Take(MaxName)]).Trim();
        return name.Length > 0 && !char.IsHighSurrogate(name[^1]) ? name : address[..Math.Min(address.Length, MaxName)];
    }

    private static OutsideSignInException Foreign() => new(OutsideProblem.AddressForeign, "The address is not of a domain that is routed to this provider, or belongs to an account of somebody else.");

    private static OutsideSignInException Gone() => new(OutsideProblem.NoAccount, "The account was removed.");
}
