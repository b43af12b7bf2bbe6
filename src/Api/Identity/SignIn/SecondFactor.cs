using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Platform.Api.Edge;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>The step between the right password and the session where an account has an authenticator app.</summary>
internal sealed class SecondFactor(
    Authenticators authenticators,
    Passwords passwords,
    IAccountDirectory accounts,
    AttemptLimits limits,
    KnownDevices devices,
    BrowserSignIn browser,
    PageRenderer pages,
    IDataProtectionProvider protection,
    ApiSettings settings)
{
    private const int IdLength = 32;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("second-factor").ToTimeLimitedDataProtector();
    private readonly string _cookie = SessionCookie.NameOf("factor", settings);

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/second-factor", (HttpContext context, SecondFactor factor, string? returnUrl) => factor.ShowAsync(context, ReturnUrl.Of(returnUrl)));
        account.MapPost("/second-factor", (HttpContext context, SecondFactor factor, [FromForm] string? code, [FromForm] string? returnUrl) =>
            factor.TryAsync(context, code ?? "", ReturnUrl.Of(returnUrl))).DisableAntiforgery();
    }

    public Task<bool> IsNeededAsync(Guid account, CancellationToken cancellationToken) => authenticators.IsSetUpAsync(account, cancellationToken);

    /// <summary>Remembers that the password was right, for ten minutes or until it is changed, and asks for the code.</summary>
    public async Task<IResult> AskAsync(HttpContext context, Guid account, string returnUrl)
    {
        var given = $"{account:N}{await passwords.MarkAsync(account, context.RequestAborted)}";
        context.Response.Cookies.Append(_cookie, _seal.Protect(given, AnswerWithin), SessionCookie.Options(context, settings, AnswerWithin));
        return Results.Redirect("/account/second-factor" + QueryString.Create("returnUrl", returnUrl));
    }

    private async Task<IResult> ShowAsync(HttpContext context, string returnUrl) =>
        await FindAsync(context) is null ? Results.Redirect("/account/sign-in" + QueryString.Create("returnUrl", returnUrl)) : await PageAsync(context, returnUrl, null, 200);

    private async Task<IResult> TryAsync(HttpContext context, string code, string returnUrl)
    {
        var cancellationToken = context.RequestAborted;
        if (await FindAsync(context) is not { } id || await accounts.FindAsync(id, cancellationToken) is not { State: AccountState.Active } account)
            return Results.Redirect("/account/sign-in" + QueryString.Create("returnUrl", returnUrl));
        var texts = await pages.LanguageAsync(context);
        var key = devices.Find(context, id) is { } device ? AttemptKey.OfCode(id, device) : AttemptKey.OfCode(id);
        if (await limits.TakeAsync(key, cancellationToken) is { IsGiven: false } refused)
            return await PageAsync(context, returnUrl, texts.Format("code.too-many", texts.Wait(refused.Wait)), StatusCodes.Status429TooManyRequests);
        var byApp = await authenticators.CheckAsync(id, code, cancellationToken);
        if (!byApp && !await authenticators.RecoverAsync(id, code, cancellationToken))
            return await PageAsync(context, returnUrl, texts["code.refused"], StatusCodes.Status401Unauthorized);
        await limits.GiveBackAsync(key, whole: true, cancellationToken);
        context.Response.Cookies.Delete(_cookie, SessionCookie.Options(context, settings));
        return await pages.ShowEndAsync(context, await browser.CompleteAsync(context, account, byApp ? "pwd otp mfa" : "pwd mfa"), returnUrl);
    }

    private async Task<Guid?> FindAsync(HttpContext context)
    {
        try
        {
            if (!context.Request.Cookies.TryGetValue(_cookie, out var value) || _seal.Unprotect(value) is not { Length: >= IdLength } given)
                return null;
            var account = Guid.ParseExact(given[..IdLength], "N");
            return given[IdLength..] == await passwords.MarkAsync(account, context.RequestAborted) ? account : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Task<IResult> PageAsync(HttpContext context, string returnUrl, string? error, int status) =>
        pages.ShowAsync<SecondFactorPage>(context, new Dictionary<string, object?> { ["ReturnUrl"] = returnUrl, ["Error"] = error }, status);
}
