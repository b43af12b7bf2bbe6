using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.SignIn;

/// <summary>Sign-in at a browser, the address first: it decides whether a tenant's own provider is asked or a password. And sign-out.</summary>
internal sealed class SignInRoutes(
    PasswordSignIn passwords,
    SecondFactor secondFactor,
    BrowserSignIn browser,
    Visitors visitors,
    ISignInProviders providers,
    OutsideRoutes outside,
    PageRenderer pages,
    IOpenIddictApplicationManager applications)
{
    /// <summary>Says that a password is wanted, whatever provider the address leads to.</summary>
    public const string WithPassword = "password";

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in", (HttpContext context, SignInRoutes routes, string? returnUrl, bool? again, string? way) =>
            routes.ShowAsync(context, ReturnUrl.Of(returnUrl), again == true, way == WithPassword));
        account.MapPost("/sign-in", (
                HttpContext context,
                SignInRoutes routes,
                [FromQuery] bool? again,
                [FromForm] string? email,
                [FromForm] string? password,
                [FromForm] string? way,
                [FromForm] string? returnUrl) =>
            routes.TryAsync(context, email ?? "", password ?? "", way == WithPassword, ReturnUrl.Of(returnUrl), again == true)).DisableAntiforgery();
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

    private async Task<IResult> ShowAsync(HttpContext context, string returnUrl, bool again, bool withPassword) =>
        !again && await visitors.FindAsync(context) is not null ? Results.Redirect(returnUrl) : await PageAsync(context, returnUrl, null, null, 200, withPassword);

    private async Task<IResult> TryAsync(HttpContext context, string email, string password, bool withPassword, string returnUrl, bool again)
    {
        if (!withPassword && await providers.FindByAddressAsync(email, context.RequestAborted) is { } provider)
            return await outside.LeadAsync(context, provider, email.Trim(), returnUrl, again);
        if (password.Length == 0 && email.Length > 0)
            return await PageAsync(context, returnUrl, email, null, 200);
        var texts = await pages.LanguageAsync(context);
        switch (await passwords.TryAsync(context, email, password, context.RequestAborted))
        {
            case PasswordOutcome.Passed passed:
                if (await secondFactor.IsNeededAsync(passed.Account.Id, context.RequestAborted))
                    return await secondFactor.AskAsync(context, passed.Account.Id, returnUrl);
                return await pages.ShowEndAsync(context, await browser.CompleteAsync(context, passed.Account, "pwd"), returnUrl);
            case PasswordOutcome.TooMany tooMany:
                context.Response.Headers.RetryAfter = ((int)Math.Ceiling(tooMany.Wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return await PageAsync(context, returnUrl, email, texts.Format("sign-in.too-many", texts.Wait(tooMany.Wait)), StatusCodes.Status429TooManyRequests);
            default:
                return await PageAsync(context, returnUrl, email, texts["sign-in.refused"], StatusCodes.Status401Unauthorized);
        }
    }

    private async Task<IResult> PageAsync(HttpContext context, string returnUrl, string? email, string? error, int status, bool asksPassword = true) => await pages.ShowAsync<SignInPage>(
        context,
        new Dictionary<string, object?> { ["ReturnUrl"] = returnUrl, ["Email"] = email, ["Error"] = error, ["AsksPassword"] = asksPassword },
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
