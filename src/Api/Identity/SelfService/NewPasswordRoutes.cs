using Microsoft.AspNetCore.Mvc;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SelfService;

/// <summary>Passwords set by a link of a mail: the first one by an invitation, a new one when the old is forgotten.</summary>
internal sealed class NewPasswordRoutes(
    IAccountDirectory accounts,
    IInvitations invitations,
    PasswordTickets tickets,
    Passwords passwords,
    PasswordRules rules,
    SessionStore sessions,
    BrowserSignIn browser,
    KnownDevices devices,
    SecondFactor factor,
    LocalSignIn local,
    SignInAudit audit,
    PageRenderer pages)
{
    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/forgotten", (HttpContext context, PageRenderer pages) => pages.ShowAsync<ForgottenPage>(context));
        account.MapPost("/forgotten", (HttpContext context, ForgottenPasswords forgotten, PageRenderer pages, [FromForm] string? email) =>
        {
            forgotten.Ask(email ?? "", context);
            return pages.ShowMessageAsync(context, "forgotten.sent.title", "forgotten.sent.text");
        }).DisableAntiforgery();
        account.MapGet("/new-password", (HttpContext context, NewPasswordRoutes routes, string? token) => routes.ShowResetAsync(context, token ?? ""));
        account.MapPost("/new-password", (HttpContext context, NewPasswordRoutes routes, [FromForm] string? token, [FromForm] string? password) =>
            routes.ResetAsync(context, token ?? "", password ?? "")).DisableAntiforgery();
        account.MapGet("/invitation", (HttpContext context, NewPasswordRoutes routes, string? token) => routes.ShowInvitationAsync(context, token ?? ""));
        account.MapPost("/invitation", (HttpContext context, NewPasswordRoutes routes, [FromForm] string? token, [FromForm] string? password) =>
            routes.AcceptAsync(context, token ?? "", password ?? "")).DisableAntiforgery();
    }

    private async Task<IResult> ShowResetAsync(HttpContext context, string token) => await FindResetAsync(token, context.RequestAborted) is { } account
        ? await FormAsync(context, "new-password.title", account.Address, token, null)
        : await InvalidAsync(context);

    private async Task<IResult> ResetAsync(HttpContext context, string token, string password)
    {
        var cancellationToken = context.RequestAborted;
        if (await FindResetAsync(token, cancellationToken) is not { } account)
            return await InvalidAsync(context);
        if (await local.IsClosedAsync(account, cancellationToken))
            return await pages.ShowOutsideOnlyAsync(context);
        if (await rules.FlawOfAsync(Passwords.Normalize(password), [account.Address, account.Name], cancellationToken) is { } flaw)
            return await FormAsync(context, "new-password.title", account.Address, token, flaw);
        if (!await tickets.UseAsync(token, cancellationToken))
            return await InvalidAsync(context);
        await passwords.SetAsync(account.Id, password, [], cancellationToken);
        // Whoever had the old password is out.
        await sessions.EndOthersAsync(account.Id, kept: null, cancellationToken);
        // A mail is no second factor: where there is one, only a sign-in with it makes a browser known.
        if (!await factor.IsNeededAsync(account.Id, cancellationToken))
            devices.Remember(context, account.Id);
        await audit.WriteAsync(account, SignInAudit.PasswordReset, null, cancellationToken);
        return await pages.ShowMessageAsync(context, "new-password.done.title", "new-password.done.text");
    }

    private async Task<IResult> ShowInvitationAsync(HttpContext context, string token)
    {
        if (await invitations.FindAsync(token, context.RequestAborted) is not { } invitation)
            return await InvalidAsync(context);
        return await IsOutsidersAsync(invitation, context.RequestAborted) ? ToSignIn() : await FormAsync(context, "invitation.title", invitation.Address, token, null);
    }

    /// <summary>Whoever signs in by the company's provider joins by doing so; a password would be good for nothing.</summary>
    private async Task<bool> IsOutsidersAsync(Invitation invitation, CancellationToken cancellationToken) =>
        await accounts.FindAsync(invitation.AccountId, cancellationToken) is { } account && await local.IsClosedAsync(account, cancellationToken);

    private static IResult ToSignIn() => Results.Redirect("/account/sign-in");

    private async Task<IResult> AcceptAsync(HttpContext context, string token, string password)
    {
        var cancellationToken = context.RequestAborted;
        if (await invitations.FindAsync(token, cancellationToken) is not { } invitation)
            return await InvalidAsync(context);
        if (await IsOutsidersAsync(invitation, cancellationToken))
            return ToSignIn();
        if (await rules.FlawOfAsync(Passwords.Normalize(password), [invitation.Address, invitation.Name], cancellationToken) is { } flaw)
            return await FormAsync(context, "invitation.title", invitation.Address, token, flaw);
        if (!(await invitations.AcceptAsync(token, cancellationToken)).Succeeded || await accounts.FindAsync(invitation.AccountId, cancellationToken) is not { State: AccountState.Active } account)
            return await InvalidAsync(context);
        await passwords.SetAsync(account.Id, password, [], cancellationToken);
        return await pages.ShowEndAsync(context, await browser.CompleteAsync(context, account, "pwd"), ReturnUrl.Home);
    }

    private async Task<SignInAccount?> FindResetAsync(string token, CancellationToken cancellationToken) =>
        await tickets.FindAsync(token, cancellationToken) is { } id && await accounts.FindAsync(id, cancellationToken) is { State: AccountState.Active } account ? account : null;

    private async Task<IResult> FormAsync(HttpContext context, string title, string address, string token, PasswordFlaw? flaw) => await pages.ShowAsync<NewPasswordPage>(
        context,
        new Dictionary<string, object?>
        {
            ["Title"] = title,
            ["Address"] = address,
            ["Token"] = token,
            ["Error"] = flaw is { } found ? (await pages.LanguageAsync(context)).Flaw(found) : null,
        },
        flaw is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private Task<IResult> InvalidAsync(HttpContext context) => pages.ShowMessageAsync(context, "link.invalid.title", "link.invalid.text", StatusCodes.Status400BadRequest);
}
