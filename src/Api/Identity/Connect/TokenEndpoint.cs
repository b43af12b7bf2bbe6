using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// OAuth 2.0 token endpoint (RFC 6749, section 3.2). A program shows its id and secret (client credentials, section 4.4); a person's
/// client shows the code it got (section 4.1.3, with the verifier of RFC 7636), a device its device code (RFC 8628), or either a
/// refresh token, which is good once: shown again, it ends all that came of the same sign-in. All get a short-lived bearer token
/// (RFC 6750), a JWT signed with ES256 (RFC 9068), whose key stands in the JWKS (RFC 7517) that the discovery document (RFC 8414)
/// names. OpenIddict checks request, secret and code before this code runs; what is decided here is what the token carries.
/// The tenants are not in it: they are read anew at the edge, so that a tenant added to an MSP is in reach at once and one taken
/// away is out of reach at once.
/// </summary>
internal static class TokenEndpoint
{
    public static Task<IResult> HandleAsync(HttpContext context, IClientRegistry clients, IAccountDirectory accounts, SessionStore sessions, TimeProvider time)
    {
        var request = context.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The token endpoint was reached around the OpenID Connect server.");
        return request.IsClientCredentialsGrantType()
            ? ForClientAsync(request, clients, time, context.RequestAborted)
            : ForPersonAsync(context, accounts, sessions);
    }

    private static async Task<IResult> ForClientAsync(OpenIddictRequest request, IClientRegistry clients, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = await clients.FindAsync(request.ClientId ?? "", cancellationToken);
        if (client is null || client.IsExpired(time.GetUtcNow()))
            return Refuse(Errors.InvalidClient, "This client has ended. Ask the administrator of your tenant for a new one.");

        var asked = request.GetScopes();
        var permissions = asked.IsEmpty ? client.Permissions : client.Permissions.Where(p => asked.Contains(p));
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, client.ClientId);
        identity.SetClaim(Claims.ClientId, client.ClientId);
        identity.SetScopes(permissions);
        identity.SetResources(UserTokens.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return SignIn(new ClaimsPrincipal(identity));
    }

    private static async Task<IResult> ForPersonAsync(HttpContext context, IAccountDirectory accounts, SessionStore sessions)
    {
        // What was put into the code or the refresh token when it was made.
        var kept = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (kept.Principal is not { Identity: ClaimsIdentity identity } principal
            || UserTokens.AccountOf(principal.GetClaim(Claims.Subject)) is not { } id
            || !Guid.TryParse(principal.GetClaim(Visitors.SessionClaim), out var sid)
            || await sessions.FindLiveAsync(sid, context.RequestAborted) is null
            || await accounts.FindAsync(id, context.RequestAborted) is not { State: AccountState.Active } account)
            return Refuse(Errors.InvalidGrant, "The sign-in behind this has ended. The person must sign in again.");

        UserTokens.Describe(identity, account);
        // A device code was made before anybody signed in, and does not know the authorization that came of it.
        if (principal.GetAuthorizationId() is null && await sessions.FindGrantAsync(sid, context.GetOpenIddictServerRequest()?.ClientId ?? "", context.RequestAborted) is { } authorization)
            principal.SetAuthorizationId(authorization);
        return SignIn(principal);
    }

    private static IResult SignIn(ClaimsPrincipal principal) => Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(string error, string description) => OidcAnswers.Refuse(error, description);
}
