using Microsoft.AspNetCore.Authentication;
using OpenIddict.Validation.AspNetCore;
using Platform.Api.Scim;

namespace Platform.Api.Edge;

/// <summary>Makes the caller of a request from its bearer token (RFC 6750), once.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, TokenCaller tokens, ProvisioningCaller keys)
{
    public async Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        if (ProvisioningCaller.IsMeant(context.Request))
        {
            if (await keys.FindAsync(context.Request) is { } directory)
                caller.Set(directory);
            else
                caller.Refuse();
        }
        else if (context.Request.IsApi() && context.Request.Headers.Authorization.Count > 0 && !context.Request.Path.StartsWithSegments("/connect"))
        {
            var result = await context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
            if (result.Principal is { } principal && await tokens.FindAsync(principal, Languages.Choose(context.Request), context.RequestAborted) is { } known)
            {
                if (!await tokens.TakesFromAsync(known, context.Connection.RemoteIpAddress, context.RequestAborted))
                    throw new ApiException(ErrorCodes.NetworkNotAllowed, "This client's tokens are taken from the networks set for it alone, and this address is in none of them.", 403);
                caller.Set(known);
            }
            else
            {
                caller.Refuse();
            }
        }

        await next(context);
    }
}
