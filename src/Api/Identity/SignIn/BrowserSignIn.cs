using Microsoft.AspNetCore.Authentication;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>The end of every way to sign in at a browser: a new session, its cookie, and the browser is known from then on.</summary>
internal sealed class BrowserSignIn(SessionStore sessions, Visitors visitors, KnownDevices devices, SignInAudit audit)
{
    /// <param name="methods">By RFC 8176, separated by spaces.</param>
    public async Task CompleteAsync(HttpContext context, SignInAccount account, string methods)
    {
        // A sign-in over another one ends that: no session stays behind that nobody sees.
        if (await visitors.FindAsync(context) is { } before)
            await sessions.EndAsync(before.Account.Id, before.Session.Id, context.RequestAborted);
        var session = await sessions.StartAsync(
            account.Id, methods, RateLimits.Network(context.Connection.RemoteIpAddress), context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        await SessionCookie.SignInAsync(context, session);
        devices.Remember(context, account.Id);
        await audit.WriteAsync(account, SignInAudit.SessionStarted, new { methods, network = session.Network }, context.RequestAborted);
    }

    public async Task EndAsync(HttpContext context)
    {
        if (await visitors.FindAsync(context) is { } visitor)
            await sessions.EndAsync(visitor.Account.Id, visitor.Session.Id, context.RequestAborted);
        await context.SignOutAsync(SessionCookie.Scheme);
    }
}
