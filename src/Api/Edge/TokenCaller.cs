using System.Net;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Platform.Api.Edge.Whence;
using Platform.Api.Identity;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Access;

namespace Platform.Api.Edge;

/// <summary>
/// Who stands behind a validated token now. The token says who it is and which permissions were granted; who that is now says what is left of
/// them, and which tenants.
/// </summary>
internal sealed class TokenCaller(IClientRegistry registry, ClientScopes clients, AccountScopes accounts, LiveTokens live, LastUse lastUse, AccessGate gate)
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
                ? new Caller(scope, subject, account.Language ?? language, account) { Service = ServiceOf(principal) }
                : null;
        }

        if (await clients.FindAsync(subject, granted, cancellationToken) is not { } ofClient)
            return null;
        await lastUse.NoteAsync(subject, cancellationToken);
        return new Caller(ofClient, subject, language);
    }

    /// <summary>Whether its token is taken from there: by the networks of the client, and by the rules of the tenant. Where it is, that is remembered of a person.</summary>
    /// <returns>Null: it is.</returns>
    public async ValueTask<ApiException?> RefuseFromAsync(Caller caller, IPAddress? address, CancellationToken cancellationToken)
    {
        if (caller.Account is null && await registry.FindAsync(caller.Subject, cancellationToken) is { } client && !client.TakesFrom(address))
            return new ApiException(ErrorCodes.NetworkNotAllowed, "This client's tokens are taken from the networks set for it alone, and this address is in none of them.", 403);
        if (!await gate.AdmitsAsync(caller, address, cancellationToken))
            return new ApiException(ErrorCodes.PlaceNotAllowed, "The rules of your tenant let nobody in from this address; its administrator can change them.", 403);
        if (caller.Account is { TenantId: { } tenant } person)
            await gate.CameInAsync(tenant, person.Address, caller.Service, address, cancellationToken);
        return null;
    }

    /// <summary>The portal is an application as others are, and what people do in it is told apart.</summary>
    private static AccessService ServiceOf(ClaimsPrincipal principal) =>
        principal.GetClaim(OpenIddictConstants.Claims.ClientId) == PortalApp.ClientId || principal.GetPresenters().Contains(PortalApp.ClientId) ? AccessService.Portal : AccessService.Api;
}
