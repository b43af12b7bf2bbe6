using Microsoft.EntityFrameworkCore;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using Platform.Storage.Departures;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Identity;

/// <summary>What sign-in holds of an account or a tenant, gone with it: sessions and their tokens, credentials, API clients.</summary>
internal sealed class IdentityFarewell(IServiceScopeFactory scopes, IPlatformDbFactory databases, IClientRegistry clients) : IAccountFarewell, ITenantFarewell
{
    public async Task SignOutAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await SignOutAsync(scope.ServiceProvider, accountId, cancellationToken);
    }

    async Task IAccountFarewell.LeaveAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LeaveAsync(scope.ServiceProvider, accountId, cancellationToken);
    }

    async Task ITenantFarewell.LeaveAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        HashSet<Guid> tenants = [tenantId];
        foreach (var (client, _) in await clients.ListAsync(tenants, msp: null, cancellationToken))
            await clients.RemoveAsync(client.ClientId, cancellationToken);

        await using var database = databases.Open(Scope.System(tenantId, "farewell"));
        var accounts = await database.Accounts.Where(account => account.OwnerId == tenantId).Select(account => account.Id).ToListAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        foreach (var account in accounts)
            await LeaveAsync(scope.ServiceProvider, account, cancellationToken);
    }

    private static async Task SignOutAsync(IServiceProvider services, Guid accountId, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SessionStore>().EndOthersAsync(accountId, kept: null, cancellationToken);
        await services.GetRequiredService<IdentityDb>().PasswordTickets.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task LeaveAsync(IServiceProvider services, Guid accountId, CancellationToken cancellationToken)
    {
        await SignOutAsync(services, accountId, cancellationToken);
        var db = services.GetRequiredService<IdentityDb>();
        await db.SessionGrants.Where(row => db.Sessions.Any(session => session.Id == row.SessionId && session.AccountId == accountId)).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.Totps.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.RecoveryCodes.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        // Passkeys, logins and claims hang on the credential and go with it.
        await db.Users.Where(row => row.Id == accountId).ExecuteDeleteAsync(cancellationToken);
    }
}
