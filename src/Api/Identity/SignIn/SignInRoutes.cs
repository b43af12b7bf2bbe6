using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Identity.SignIn;

/// <summary>Sign-in by password, and sign-out, at a browser.</summary>
internal sealed class SignInRoutes(PasswordSignIn passwords, SecondFactor secondFactor, BrowserSignIn browser, Visitors visitors, PageRenderer pages, IOpenIddictApplicationManager applications)
{
    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in", (HttpContext context, SignInRoutes routes, string? returnUrl, bool? again) => routes.ShowAsync(context, ReturnUrl.Of(returnUrl), again == true));
        account.MapPost("/sign-in", (HttpContext context, SignInRoutes routes, [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl) =>
            routes.TryAsync(context, email ?? "", password ?? "", ReturnUrl.Of(returnUrl))).DisableAntiforgery();
        account.MapPost("/sign-out", async (HttpContext context, BrowserSignIn browser) =>
        {
            await browser.EndAsync(context);
            return Results.Redirect("/account/signed-out");
        });
        MapMessage(account, "/signed-out", "signed-out");
        MapMessage(account, "/device-done", "device.done");
        MapMessage(account, "/device-refused", "device.refused");
    }

    private static void MapMessage(IEndpointRouteBuilder account, string path, string text) =>
        account.MapGet(path, (HttpContext context, PageRenderer pages) => pages.ShowMessageAsync(context, text + ".title", text + ".text"));

    private async Task<IResult> ShowAsync(HttpContext context, string returnUrl, bool again) =>
        !again && await visitors.FindAsync(context) is not null ? Results.Redirect(returnUrl) : await PageAsync(context, returnUrl, null, null, 200);

    private async Task<IResult> TryAsync(HttpContext context, string email, string password, string returnUrl)
    {
        var texts = await pages.LanguageAsync(context);
        switch (await passwords.TryAsync(context, email, password, context.RequestAborted))
        {
            case PasswordOutcome.Passed passed:
                if (await secondFactor.IsNeededAsync(passed.Account.Id, context.RequestAborted))
                    return secondFactor.Ask(context, passed.Account.Id, returnUrl);
                await browser.CompleteAsync(context, passed.Account, "pwd");
                return Results.Redirect(returnUrl);
            case PasswordOutcome.TooMany tooMany:
                context.Response.Headers.RetryAfter = ((int)Math.Ceiling(tooMany.Wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return await PageAsync(context, returnUrl, email, texts.Format("sign-in.too-many", texts.Wait(tooMany.Wait)), StatusCodes.Status429TooManyRequests);
            default:
                return await PageAsync(context, returnUrl, email, texts["sign-in.refused"], StatusCodes.Status401Unauthorized);
        }
    }

    private async Task<IResult> PageAsync(HttpContext context, string returnUrl, string? email, string? error, int status) => await pages.ShowAsync<SignInPage>(
        context,
        new Dictionary<string, object?> { ["ReturnUrl"] = returnUrl, ["Email"] = email, ["Error"] = error },
        status,
        await OriginBehindAsync(returnUrl, context.RequestAborted));

    // The form leads on to the client's own address, which browsers hold to this page's policy.
    private async Task<string> OriginBehindAsync(string returnUrl, CancellationToken cancellationToken)
    {
        if (!returnUrl.StartsWith(AuthorizeEndpoint.Path, StringComparison.Ordinal))
            return "";
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(returnUrl[AuthorizeEndpoint.Path.Length..]);
        var (clientId, address) = (query.GetValueOrDefault("client_id").ToString(), query.GetValueOrDefault("redirect_uri").ToString());
        return clientId.Length > 0 && await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application
            && await applications.ValidateRedirectUriAsync(application, address, cancellationToken)
                ? RedirectOrigins.Of(address)
                : "";
    }
}
