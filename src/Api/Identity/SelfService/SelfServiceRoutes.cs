using Microsoft.AspNetCore.Mvc;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SelfService;

/// <summary>
/// The page of one's account: password, authenticator app, passkeys, sessions, applications. What adds or takes away a way to sign in
/// needs a sign-in of the last minutes, so that a browser left open gives nobody a lasting way in.
/// </summary>
internal sealed class SelfServiceRoutes(
    Visitors visitors,
    SessionStore sessions,
    Passwords passwords,
    Authenticators authenticators,
    Passkeys passkeys,
    Consents consents,
    AttemptLimits limits,
    SignInAudit audit,
    PageRenderer pages)
{
    private static readonly string[] KnownDone = ["passkey", "removed", "password", "ended"];

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/", (HttpContext context, SelfServiceRoutes routes, string? done) => routes.ForVisitorAsync(context, visitor => routes.PageAsync(context, visitor, done: done)));
        account.MapPost("/password", (HttpContext context, SelfServiceRoutes routes, [FromForm] string? current, [FromForm] string? password) =>
            routes.ForFreshAsync(context, visitor => routes.ChangePasswordAsync(context, visitor, current ?? "", password ?? ""))).DisableAntiforgery();
        account.MapGet("/authenticator", (HttpContext context, SelfServiceRoutes routes) => routes.ForFreshAsync(context, visitor => routes.ShowAuthenticatorAsync(context, visitor.Account, null)));
        account.MapPost("/authenticator", (HttpContext context, SelfServiceRoutes routes, [FromForm] string? code) =>
            routes.ForFreshAsync(context, visitor => routes.ConfirmAuthenticatorAsync(context, visitor.Account, code ?? ""))).DisableAntiforgery();
        account.MapPost("/authenticator/remove", (HttpContext context, SelfServiceRoutes routes) => routes.ForFreshAsync(context, visitor => routes.RemoveAuthenticatorAsync(context, visitor.Account)));
        account.MapPost("/recovery-codes", (HttpContext context, SelfServiceRoutes routes) => routes.ForFreshAsync(context, visitor => routes.RenewCodesAsync(context, visitor.Account)));
        account.MapPost("/passkeys/remove", (HttpContext context, SelfServiceRoutes routes, [FromForm] string? id) =>
            routes.ForFreshAsync(context, visitor => routes.RemovePasskeyAsync(context, visitor.Account, id ?? ""))).DisableAntiforgery();
        account.MapPost("/sessions/end", (HttpContext context, SelfServiceRoutes routes, [FromForm] string? id) =>
            routes.ForVisitorAsync(context, visitor => routes.EndSessionAsync(context, visitor.Account, id))).DisableAntiforgery();
        account.MapPost("/sessions/end-others", (HttpContext context, SelfServiceRoutes routes) => routes.ForVisitorAsync(context, visitor => routes.EndOthersAsync(context, visitor)));
        account.MapPost("/apps/end", (HttpContext context, SelfServiceRoutes routes, [FromForm] string? id) =>
            routes.ForVisitorAsync(context, visitor => routes.EndAppAsync(context, visitor.Account, id ?? ""))).DisableAntiforgery();
    }

    private static IResult Done(string what) => Results.Redirect("/account?done=" + what);

    private async Task<IResult> ForVisitorAsync(HttpContext context, Func<Visitor, Task<IResult>> answer) =>
        await visitors.FindAsync(context) is { } visitor ? await answer(visitor) : Results.Redirect("/account/sign-in");

    private async Task<IResult> ForFreshAsync(HttpContext context, Func<Visitor, Task<IResult>> answer) =>
        await visitors.FindFreshAsync(context) is { } visitor ? await answer(visitor) : Results.Redirect("/account/sign-in?again=true");

    private async Task<IResult> ChangePasswordAsync(HttpContext context, Visitor visitor, string current, string password)
    {
        var (account, cancellationToken) = (visitor.Account, context.RequestAborted);
        var texts = await pages.LanguageAsync(context);
        if (await passwords.HasPasswordAsync(account.Id, cancellationToken))
        {
            // Who has taken over the session would else guess on until it knows the password for good.
            var key = AttemptKey.OfDevice(account.Id, visitor.Session.Id.ToString());
            if (!(await limits.TakeAsync(key, cancellationToken)).IsGiven || !await passwords.CheckAsync(account.Id, current, cancellationToken))
                return await PageAsync(context, visitor, currentError: texts["password.current-wrong"]);
            await limits.GiveBackAsync(key, whole: true, cancellationToken);
        }

        if (await passwords.SetAsync(account.Id, password, [account.Address, account.Name], cancellationToken) is { } flaw)
            return await PageAsync(context, visitor, passwordError: texts.Flaw(flaw));
        await sessions.EndOthersAsync(account.Id, visitor.Session.Id, cancellationToken);
        await audit.WriteAsync(account, SignInAudit.PasswordChanged, null, cancellationToken);
        return Done("password");
    }

    private async Task<IResult> RemoveAuthenticatorAsync(HttpContext context, SignInAccount account)
    {
        await authenticators.RemoveAsync(account.Id, context.RequestAborted);
        await audit.WriteAsync(account, SignInAudit.AuthenticatorRemoved, null, context.RequestAborted);
        return Done("removed");
    }

    private async Task<IResult> RemovePasskeyAsync(HttpContext context, SignInAccount account, string id)
    {
        await passkeys.RemoveAsync(account.Id, id);
        await audit.WriteAsync(account, SignInAudit.PasskeyRemoved, null, context.RequestAborted);
        return Done("removed");
    }

    private async Task<IResult> EndSessionAsync(HttpContext context, SignInAccount account, string? id)
    {
        if (Guid.TryParse(id, out var session) && await sessions.EndAsync(account.Id, session, context.RequestAborted))
            await audit.WriteAsync(account, SignInAudit.SessionEnded, null, context.RequestAborted);
        return Done("ended");
    }

    private async Task<IResult> EndOthersAsync(HttpContext context, Visitor visitor)
    {
        if (await sessions.EndOthersAsync(visitor.Account.Id, visitor.Session.Id, context.RequestAborted) is > 0 and var count)
            await audit.WriteAsync(visitor.Account, SignInAudit.SessionEnded, new { count }, context.RequestAborted);
        return Done("ended");
    }

    private async Task<IResult> EndAppAsync(HttpContext context, SignInAccount account, string clientId)
    {
        if (await consents.EndAsync(account.Id, clientId, context.RequestAborted))
            await audit.WriteAsync(account, SignInAudit.AppRemoved, new { app = clientId }, context.RequestAborted);
        return Done("removed");
    }

    private async Task<IResult> ShowAuthenticatorAsync(HttpContext context, SignInAccount account, string? error)
    {
        if (await authenticators.BeginAsync(account.Id, context.RequestAborted) is not { } secret)
            return Results.Redirect("/account");
        var texts = await pages.LanguageAsync(context);
        var qr = QrSvg.Of(Totp.KeyUri(texts["product"], account.Address, secret));
        return await pages.ShowAsync<AuthenticatorPage>(
            context,
            new Dictionary<string, object?> { ["Secret"] = Totp.Base32(secret), ["QrSize"] = qr.Size, ["QrPath"] = qr.Path, ["Error"] = error },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> ConfirmAuthenticatorAsync(HttpContext context, SignInAccount account, string code)
    {
        if (await authenticators.ConfirmAsync(account.Id, code, context.RequestAborted) is not { } codes)
            return await ShowAuthenticatorAsync(context, account, (await pages.LanguageAsync(context))["code.refused"]);
        await audit.WriteAsync(account, SignInAudit.AuthenticatorAdded, null, context.RequestAborted);
        return await ShowCodesAsync(context, codes);
    }

    private async Task<IResult> RenewCodesAsync(HttpContext context, SignInAccount account)
    {
        if (!await authenticators.IsSetUpAsync(account.Id, context.RequestAborted))
            return Results.Redirect("/account");
        var codes = await authenticators.RenewCodesAsync(account.Id, context.RequestAborted);
        await audit.WriteAsync(account, SignInAudit.RecoveryCodesRenewed, null, context.RequestAborted);
        return await ShowCodesAsync(context, codes);
    }

    private Task<IResult> ShowCodesAsync(HttpContext context, IReadOnlyList<string> codes) =>
        pages.ShowAsync<RecoveryCodesPage>(context, new Dictionary<string, object?> { ["Codes"] = codes });

    private async Task<IResult> PageAsync(HttpContext context, Visitor visitor, string? done = null, string? currentError = null, string? passwordError = null)
    {
        var (id, cancellationToken) = (visitor.Account.Id, context.RequestAborted);
        var view = new AccountView(
            await passwords.HasPasswordAsync(id, cancellationToken),
            await authenticators.IsSetUpAsync(id, cancellationToken) ? await authenticators.CountCodesAsync(id, cancellationToken) : null,
            [.. (await passkeys.ListAsync(id)).Select(key => new PasskeyView(Convert.ToHexStringLower(key.CredentialId), key.Name ?? "Passkey", key.CreatedAt))],
            [.. (await sessions.ListAsync(id, cancellationToken)).Select(row => new SessionView(row.Id.ToString("N"), row.UserAgent, row.Network, row.CreatedAt, row.LastSeenAt, row.Id == visitor.Session.Id))],
            await consents.ListAsync(id, cancellationToken));
        var texts = await pages.LanguageAsync(context);
        return await pages.ShowAsync<AccountPage>(
            context,
            new Dictionary<string, object?>
            {
                ["View"] = view,
                ["Done"] = KnownDone.Contains(done) ? texts["done." + done] : null,
                ["CurrentError"] = currentError,
                ["PasswordError"] = passwordError,
            },
            (currentError ?? passwordError) is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
