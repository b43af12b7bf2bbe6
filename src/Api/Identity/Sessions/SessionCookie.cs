using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Storage.Access;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.Sessions;

/// <summary>The browser's side of a session: a sealed cookie with the ids of session and account, checked against the row on every request.</summary>
internal static class SessionCookie
{
    public const string Scheme = "session";

    /// <summary>How long a browser may stay unused.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    public static void Add(AuthenticationBuilder authentication, ApiSettings settings) => authentication.AddCookie(Scheme, options =>
    {
        options.Cookie.Name = NameOf("session", settings);
        Harden(options.Cookie, settings);
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
    });

    /// <summary><c>__Host-</c> keeps other hosts of the domain from setting it (RFC 6265bis, section 4.1.3.2); it needs TLS.</summary>
    public static string NameOf(string name, ApiSettings settings) => settings.AllowPlainHttp ? name : "__Host-" + name;

    /// <summary>Lax: a client sends the person here from its own site, and the session must come along.</summary>
    public static void Harden(CookieBuilder cookie, ApiSettings settings)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = settings.AllowPlainHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    /// <summary>For another cookie of ours, to set and to take back: a browser passes over a deletion that lacks what the prefix of the name asks for.</summary>
    public static CookieOptions Options(HttpContext context, ApiSettings settings, TimeSpan? maxAge = null)
    {
        var cookie = new CookieBuilder { MaxAge = maxAge };
        Harden(cookie, settings);
        return cookie.Build(context);
    }

    public static Task SignInAsync(HttpContext context, SessionRow session)
    {
        var identity = new ClaimsIdentity(Scheme, OpenIddictConstants.Claims.Subject, OpenIddictConstants.Claims.Role);
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, session.AccountId.ToString("N")));
        identity.AddClaim(new Claim(Visitors.SessionClaim, session.Id.ToString("N")));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = false });
    }
}

/// <summary>Who is at the browser.</summary>
internal sealed record Visitor(SignInAccount Account, SessionRow Session);

/// <summary>Finds the visitor of a request by its session cookie.</summary>
internal sealed class Visitors(SessionStore sessions, IAccountDirectory accounts, AccessGate gate, TimeProvider time)
{
    public const string SessionClaim = "sid";

    /// <summary>For so long after a sign-in the ways to sign in may be changed.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private static readonly object Found = new();

    /// <summary>Null: nobody is signed in, the session has ended, the account may no longer sign in, or not from where the browser is now.</summary>
    public async Task<Visitor?> FindAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(Found, out var known))
            return (Visitor?)known;
        var visitor = await ReadAsync(context);
        context.Items[Found] = visitor;
        return visitor;
    }

    /// <summary>As <see cref="FindAsync"/>, if the person proved who they are within the last minutes.</summary>
    public async Task<Visitor?> FindFreshAsync(HttpContext context) =>
        await FindAsync(context) is { } visitor && time.GetUtcNow() - visitor.Session.AuthenticatedAt < Fresh ? visitor : null;

    private async Task<Visitor?> ReadAsync(HttpContext context)
    {
        var cookie = await context.AuthenticateAsync(SessionCookie.Scheme);
        if (!Guid.TryParse(cookie.Principal?.FindFirst(SessionClaim)?.Value, out var id))
            return null;
        if (await sessions.FindLiveAsync(id, context.RequestAborted) is not { } session)
            return null;
        if (await accounts.FindAsync(session.AccountId, context.RequestAborted) is not { State: AccountState.Active } account)
            return null;
        return account.TenantId is not { } tenant
            || await gate.AdmitsAsync(new AccessWho(tenant, null, account.Id), account.Address, AccessService.Portal, context.Connection.RemoteIpAddress, context.RequestAborted)
            ? new Visitor(account, session)
            : null;
    }
}
