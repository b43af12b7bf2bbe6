using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Edge;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// Where a person lets a device in that has no browser (RFC 8628, section 3.3): the device shows a code, the person enters it here,
/// sees which device asks for what, and decides. The device gets a session of its own, so that it can be ended alone.
/// </summary>
internal sealed class DeviceEndpoint(
    IOpenIddictApplicationManager applications, SessionStore sessions, Visitors visitors, UserTokens userTokens, PageRenderer pages, SignInAudit audit, IAntiforgery antiforgery)
{
    public const string Path = "/connect/verify";

    public static Task<IResult> HandleAsync(HttpContext context, DeviceEndpoint endpoint) => endpoint.AnswerAsync(context);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The verification endpoint was reached around the OpenID Connect server.");
        var cancellationToken = context.RequestAborted;
        if (await visitors.FindAsync(context) is not { } visitor)
            return Results.Redirect("/account/sign-in" + QueryString.Create("returnUrl", Path + (request.UserCode is { } typed ? QueryString.Create("user_code", typed) : default)));

        var asked = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        if (asked?.GetClaim(Claims.ClientId) is not { } clientId || await applications.FindByClientIdAsync(clientId, cancellationToken) is not { } application)
        {
            var texts = await pages.LanguageAsync(context);
            return await pages.ShowAsync<DevicePage>(
                context,
                new Dictionary<string, object?> { ["Code"] = request.UserCode, ["Error"] = request.UserCode is null ? null : texts["device.unknown"] },
                request.UserCode is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        }

        var firstParty = await applications.HasConsentTypeAsync(application, ConsentTypes.Implicit, cancellationToken);
        var scopes = UserTokens.Grant(asked.GetScopes(), visitor.Account.Permissions, firstParty);
        var name = await applications.GetDisplayNameAsync(application, cancellationToken) ?? clientId;
        switch (await DecisionAsync(context))
        {
            case "accept":
                var session = await sessions.StartAsync(visitor.Account.Id, visitor.Session.Methods, visitor.Session.AuthenticatedAt, RateLimits.Network(context.Connection.RemoteIpAddress), name, cancellationToken);
                await audit.WriteAsync(visitor.Account, SignInAudit.DeviceAllowed, new { client = clientId }, cancellationToken);
                var principal = await userTokens.IssueAsync(visitor.Account, session, application, scopes, cancellationToken);
                return Results.SignIn(principal, new AuthenticationProperties { RedirectUri = "/account/device-done" }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
            case "refuse":
                return Results.Forbid(new AuthenticationProperties { RedirectUri = "/account/device-refused" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
            default:
                return await pages.ShowAsync<DevicePage>(
                    context,
                    new Dictionary<string, object?> { ["Client"] = name, ["Code"] = request.UserCode, ["Scopes"] = ScopeWords.Of(scopes, await pages.LanguageAsync(context)) });
        }
    }

    private async Task<string?> DecisionAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context)
            ? (await context.Request.ReadFormAsync(context.RequestAborted))["decision"].ToString()
            : null;
}
