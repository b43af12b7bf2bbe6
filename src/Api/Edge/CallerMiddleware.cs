using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Platform.Api.Identity;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>Makes the <see cref="Scope"/> of a request from its bearer token (RFC 6750), once.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, IClientRegistry clients, IRecipientDirectory directory, LastUse lastUse, TimeProvider time)
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
        if (result.Principal?.GetClaim(OpenIddictConstants.Claims.Subject) is not { } clientId)
            return null;
        // The token says which permissions were granted; the client as it is now says what is left of them, and which tenants.
        if (await clients.FindAsync(clientId, context.RequestAborted) is not { } client || client.IsExpired(time.GetUtcNow()))
            return null;

        await lastUse.NoteAsync(clientId, context.RequestAborted);
        var scope = new Scope(
            await TenantsAsync(client, context.RequestAborted),
            result.Principal.GetScopes().Where(client.Permissions.Contains).ToHashSet(StringComparer.Ordinal),
            "client:" + clientId,
            client.MspId);
        return new Caller(scope, clientId, Languages.Choose(context.Request));
    }

    private async Task<IReadOnlySet<Guid>> TenantsAsync(ApiClient client, CancellationToken cancellationToken)
    {
        if (client.MspId is not { } msp)
            return client.Tenants.ToHashSet();
        var tenants = await directory.AllTenantsAsync(cancellationToken);
        return tenants.Where(tenant => tenant.MspId == msp).Select(tenant => tenant.Id).ToHashSet();
    }
}
