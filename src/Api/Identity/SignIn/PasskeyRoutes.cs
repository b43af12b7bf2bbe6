using Microsoft.AspNetCore.Mvc;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SignIn;

/// <summary>What <c>passkeys.js</c> asks for. Answers are small JSON; each POST brings the token of its page.</summary>
internal static class PasskeyRoutes
{
    private const string Json = "application/json";

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapPost("/passkeys/request", async (HttpContext context, Passkeys passkeys) => Results.Text(await passkeys.RequestAsync(context), Json));
        account.MapPost("/passkeys/sign-in", SignInAsync).DisableAntiforgery();
        account.MapPost("/passkeys/create", async (HttpContext context, Passkeys passkeys, Visitors visitors) =>
            await visitors.FindFreshAsync(context) is { } visitor ? Results.Text(await passkeys.CreateAsync(context, visitor.Account), Json) : Results.StatusCode(StatusCodes.Status401Unauthorized));
        account.MapPost("/passkeys/add", AddAsync).DisableAntiforgery();
    }

    private static async Task<IResult> AddAsync(HttpContext context, Passkeys passkeys, Visitors visitors, SignInAudit audit, [FromForm] string credential, [FromForm] string? name)
    {
        if (await visitors.FindFreshAsync(context) is not { } visitor || !await passkeys.AddAsync(context, visitor.Account, credential, name ?? ""))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        await audit.WriteAsync(visitor.Account, SignInAudit.PasskeyAdded, null, context.RequestAborted);
        return Results.Ok(new { location = "/account?done=passkey" });
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, Passkeys passkeys, IAccountDirectory accounts, BrowserSignIn browser, [FromForm] string credential, [FromForm] string? returnUrl)
    {
        if (await passkeys.CheckAsync(context, credential) is not { } id || await accounts.FindAsync(id, context.RequestAborted) is not { State: AccountState.Active } account)
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        return await browser.CompleteAsync(context, account, "hwk mfa") == SignInEnd.Started ? Results.Ok(new { location = ReturnUrl.Of(returnUrl) }) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
