using Microsoft.AspNetCore.Authentication;
using Platform.Api.Edge;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>The end of every way to sign in at a browser: a new session, its cookie, and the browser is known from then on.</summary>
internal sealed class BrowserSignIn(SessionStore sessions, Visitors visitors, KnownDevices devices, LocalSignIn local, SignInAudit audit, TimeProvider time)
{
    /// <param name="methods">By RFC 8176, separated by spaces.</param>
    /// <returns>False: the account's tenant lets its people sign in by its own provider alone; there is no session.</returns>
    public async Task<bool> CompleteAsync(HttpContext context, SignInAccount account, string methods)
    {
        if (await local.IsClosedAsync(account, context.RequestAborted))
            return false;
        await StartAsync(context, account, methods, time.GetUtcNow(), null);
        return true;
    }

    /// <param name="methods"><c>fed</c>: the tenant's provider vouched for the person. RFC 8176 has no word for it.</param>
    /// <param name="authenticatedAt">When the provider had the person prove it; null: it does not say.</param>
    public Task CompleteOutsideAsync(HttpContext context, SignInAccount account, string methods, DateTimeOffset? authenticatedAt, string provider) =>
        StartAsync(context, account, methods, authenticatedAt, provider);

    private async Task StartAsync(HttpContext context, SignInAccount account, string methods, DateTimeOffset? authenticatedAt, string? provider)
    {
        // A sign-in over another one ends that: no session stays behind that nobody sees.
        if (await visitors.FindAsync(context) is { } before)
            await sessions.EndAsync(before.Account.Id, before.Session.Id, context.RequestAborted);
        var session = await sessions.StartAsync(
            account.Id, methods, authenticatedAt, RateLimits.Network(context.Connection.RemoteIpAddress), context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        await SessionCookie.SignInAsync(context, session);
        devices.Remember(context, account.Id);
        await audit.WriteAsync(account, SignInAudit.SessionStarted, Detail(methods, session.Network, provider), context.RequestAborted);
    }

    private static object Detail(string methods, string network, string? provider) => provider is null ? new { methods, network } : new { methods, network, provider };

    public async Task EndAsync(HttpContext context)
    {
        if (await visitors.FindAsync(context) is { } visitor)
            await sessions.EndAsync(visitor.Account.Id, visitor.Session.Id, context.RequestAborted);
        await context.SignOutAsync(SessionCookie.Scheme);
    }
}
