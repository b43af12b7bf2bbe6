using System.Net;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Api.Identity;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Edge;

/// <summary>
/// Who stands behind a validated token now. The token says who it is and which permissions were granted; who that is now says what is left of
/// them, and which tenants.
/// </summary>
internal sealed class TokenCaller(IClientRegistry registry, ClientScopes clients, AccountScopes accounts, LiveTokens live, LastUse lastUse)
{
    /// <param name="language">Of sentences for people, where the account names none.</param>
    /// <returns>Null when whom it names has ended.</returns>
    public async Task<Caller?> FindAsync(ClaimsPrincipal principal, string language, CancellationToken cancellationToken)
    {
        if (principal.GetClaim(OpenIddictConstants.Claims.Subject) is not { } subject)
            return null;
        var granted = principal.GetScopes();
        if (AccountScopes.IsOfAccount(subject, out var accountId))
        {
            // A person's token has a row, by which a session that ends takes its tokens along.
            if (!await live.IsLiveAsync(principal, cancellationToken))
                return null;
            return await accounts.FindAsync(accountId, granted, cancellationToken) is var (account, scope)
                ? new Caller(scope, subject, account.Language ?? language, account)
                : null;
        }

        if (await clients.FindAsync(subject, granted, cancellationToken) is not { } ofClient)
            return null;
        await lastUse.NoteAsync(subject, cancellationToken);
        return new Caller(ofClient, subject, language);
    }

    /// <summary>Whether the client takes part from there. People do from anywhere.</summary>
    public async ValueTask<bool> TakesFromAsync(Caller caller, IPAddress? address, CancellationToken cancellationToken) =>
        caller.Account is not null || await registry.FindAsync(caller.Subject, cancellationToken) is not { } client || client.TakesFrom(address);
}
