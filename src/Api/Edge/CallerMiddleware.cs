using Microsoft.AspNetCore.Authentication;
using OpenIddict.Validation.AspNetCore;
using Platform.Api.Rest.AuthPolicy;
using Platform.Api.Scim;

namespace Platform.Api.Edge;

/// <summary>Makes the caller of a request from its bearer token (RFC 6750), once.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, TokenCaller tokens, ProvisioningCaller keys, BasicCaller servers)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        if (ProvisioningCaller.IsMeant(context.Request))
        {
            if (await keys.FindAsync(context.Request) is { } directory)
                await SetAsync(context, caller, directory);
            else
                caller.Refuse();
        }
        else if (BasicCaller.IsMeant(context.Request))
        {
            if (await servers.FindAsync(context.Request) is { } server)
                await SetAsync(context, caller, server);
            else
                caller.Refuse();
        }
        else if (context.Request.IsApi() && context.Request.Headers.Authorization.Count > 0 && !context.Request.Path.StartsWithSegments("/connect"))
        {
            var result = await context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
            if (result.Principal is { } principal && await tokens.FindAsync(principal, Languages.Choose(context.Request), context.RequestAborted) is { } known)
            {
                await SetAsync(context, caller, known);
            }
            else
            {
                caller.Refuse();
            }
        }

        await next(context);
    }

    /// <exception cref="ApiException">Not from where it is.</exception>
    private async Task SetAsync(HttpContext context, CallerContext caller, Caller known)
    {
        if (await tokens.RefuseFromAsync(known, context.Connection.RemoteIpAddress, context.RequestAborted) is { } refusal)
            throw refusal;
        caller.Set(known with { Address = context.Connection.RemoteIpAddress });
    }
}
