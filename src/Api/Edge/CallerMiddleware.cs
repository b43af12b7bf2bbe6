using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Platform.Api.Identity;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Edge;

/// <summary>
/// Makes the caller of a request from its bearer token (RFC 6750), once. The token says who it is and which permissions were granted;
/// who that is now says what is left of them, and which tenants.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, ClientScopes clients, AccountScopes accounts, LiveTokens live, LastUse lastUse)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        if (context.Request.IsApi() && context.Request.Headers.Authorization.Count > 0 && !context.Request.Path.StartsWithSegments("/connect"))
        {
            if (await MakeAsync(context) is { } known)
                caller.Set(known);
            else
                caller.Refuse();
        }

        await next(context);
    }

    private async Task<Caller?> MakeAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (result.Principal?.GetClaim(OpenIddictConstants.Claims.Subject) is not { } subject)
            return null;
        var granted = result.Principal.GetScopes();
        if (AccountScopes.IsOfAccount(subject, out var accountId))
        {
            // A person's token has a row, by which a session that ends takes its tokens along.
            if (!await live.IsLiveAsync(result.Principal, context.RequestAborted))
                return null;
            return await accounts.FindAsync(accountId, granted, context.RequestAborted) is var (account, scope)
                ? new Caller(scope, subject, account.Language ?? Languages.Choose(context.Request), account)
                : null;
        }

        if (await clients.FindAsync(subject, granted, context.RequestAborted) is not { } ofClient)
            return null;
        await lastUse.NoteAsync(subject, context.RequestAborted);
        return new Caller(ofClient, subject, Languages.Choose(context.Request));
    }
}
