using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity;

/// <summary>
/// OAuth 2.0 client credentials (RFC 6749, section 4.4): a program shows its id and secret at the token endpoint and gets
/// a short-lived bearer token (RFC 6750), here a JWT signed with ES256 (RFC 9068), whose key stands in the JWKS (RFC 7517)
/// that the discovery document (RFC 8414) names. OpenIddict checks the request and the secret before this code runs;
/// what is decided here is what the token carries: the client's permissions, narrowed to the scopes it asked for.
/// The tenants are not in the token: they are read anew at the edge, so that a tenant added to an MSP is in reach at once
/// and one taken away is out of reach at once.
/// </summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext context, IClientRegistry clients, TimeProvider time)
    {
        var request = context.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The token endpoint was reached around the OpenID Connect server.");
        var client = await clients.FindAsync(request.ClientId ?? "", context.RequestAborted);
        if (client is null || client.IsExpired(time.GetUtcNow()))
            return Refuse(Errors.InvalidClient, "This client has ended. Ask the administrator of your tenant for a new one.");

        var asked = request.GetScopes();
        var permissions = asked.IsEmpty ? client.Permissions : client.Permissions.Where(p => asked.Contains(p));
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, client.ClientId);
        identity.SetClaim(Claims.ClientId, client.ClientId);
        identity.SetScopes(permissions);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
