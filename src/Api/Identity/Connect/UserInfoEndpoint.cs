using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.Connect;

/// <summary>Who the person behind an access token is (OpenID Connect Core, section 5.3), by the scopes that were granted.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext context, IAccountDirectory accounts, LiveTokens live)
    {
        var token = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        if (token is null
            || UserTokens.AccountOf(token.GetClaim(Claims.Subject)) is not { } id
            || !await live.IsLiveAsync(token, context.RequestAborted)
            || await accounts.FindAsync(id, context.RequestAborted) is not { State: AccountState.Active } account)
            return Results.Challenge(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The token is not that of a person who may sign in.",
                }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

        var claims = new Dictionary<string, object> { [Claims.Subject] = UserTokens.SubjectOf(id) };
        if (token.HasScope(Scopes.Profile))
        {
            claims[Claims.Name] = account.Name;
            if (account.Language is { } language)
                claims[Claims.Locale] = language;
        }

        if (token.HasScope(Scopes.Email))
        {
            claims[Claims.Email] = account.Address;
            // An account is invited by mail to this address, or comes from the tenant's own directory.
            claims[Claims.EmailVerified] = true;
        }

        return Results.Ok(claims);
    }
}
