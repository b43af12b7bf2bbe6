using Microsoft.AspNetCore.Authentication;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Access;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>How a sign-in at a browser ended, the secret being right.</summary>
internal enum SignInEnd
{
    Started,

    /// <summary>The account's tenant lets its people sign in by its own provider alone; there is no session.</summary>
    OutsideOnly,

    /// <summary>Its rules do not let the person in from where the browser is; there is no session.</summary>
    PlaceRefused,
}

/// <summary>The end of every way to sign in at a browser: a new session, its cookie, and the browser is known from then on.</summary>
internal sealed class BrowserSignIn(SessionStore sessions, Visitors visitors, KnownDevices devices, LocalSignIn local, AccessGate gate, SignInAudit audit, TimeProvider time)
{
    /// <param name="methods">By RFC 8176, separated by spaces.</param>
    public async Task<SignInEnd> CompleteAsync(HttpContext context, SignInAccount account, string methods)
    {
        if (await local.IsClosedAsync(account, context.RequestAborted))
            return SignInEnd.OutsideOnly;
        return await StartAsync(context, account, methods, time.GetUtcNow(), null) ? SignInEnd.Started : SignInEnd.PlaceRefused;
    }

    /// <param name="methods"><c>fed</c>: the tenant's provider vouched for the person. RFC 8176 has no word for it.</param>
    /// <param name="authenticatedAt">When the provider had the person prove it; null: it does not say.</param>
    /// <returns>False: not from where the browser is.</returns>
    public Task<bool> CompleteOutsideAsync(HttpContext context, SignInAccount account, string methods, DateTimeOffset? authenticatedAt, string provider) =>
        StartAsync(context, account, methods, authenticatedAt, provider);

    private async Task<bool> StartAsync(HttpContext context, SignInAccount account, string methods, DateTimeOffset? authenticatedAt, string? provider)
    {
        var address = context.Connection.RemoteIpAddress;
        if (account.TenantId is { } tenant)
        {
            if (!await gate.AdmitsAsync(new AccessWho(tenant, null, account.Id), account.Address, AccessService.Portal, address, context.RequestAborted))
                return false;
            await gate.CameInAsync(tenant, account.Address, AccessService.Portal, address, context.RequestAborted);
        }

        // A sign-in over another one ends that: no session stays behind that nobody sees.
        if (await visitors.FindAsync(context) is { } before)
            await sessions.EndAsync(before.Account.Id, before.Session.Id, context.RequestAborted);
        var session = await sessions.StartAsync(
            account.Id, methods, authenticatedAt, RateLimits.Network(address), context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        await SessionCookie.SignInAsync(context, session);
        devices.Remember(context, account.Id);
        await audit.WriteAsync(account, SignInAudit.SessionStarted, Detail(methods, session.Network, provider), context.RequestAborted);
        return true;
    }

    private static object Detail(string methods, string network, string? provider) => provider is null ? new { methods, network } : new { methods, network, provider };

    public async Task EndAsync(HttpContext context)
    {
        if (await visitors.FindAsync(context) is { } visitor)
            await sessions.EndAsync(visitor.Account.Id, visitor.Session.Id, context.RequestAborted);
        await context.SignOutAsync(SessionCookie.Scheme);
    }
}
