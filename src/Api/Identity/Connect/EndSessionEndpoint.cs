using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// Sign-out asked for by a client (OpenID Connect RP-Initiated Logout 1.0). With an id token of this session it is done at once;
/// otherwise the person is asked first, since any site can send a browser here.
/// </summary>
internal sealed class EndSessionEndpoint(SessionStore sessions, Visitors visitors, PageRenderer pages, IAntiforgery antiforgery)
{
    public const string Path = "/connect/logout";

    public static Task<IResult> HandleAsync(HttpContext context, EndSessionEndpoint endpoint) => endpoint.AnswerAsync(context);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (context.GetOpenIddictServerResponse() is { Error: not null } problem)
            return await pages.ShowAsync<OidcErrorPage>(context, new Dictionary<string, object?> { ["Error"] = problem.Error, ["Description"] = problem.ErrorDescription }, 400);
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The end session endpoint was reached around the OpenID Connect server.");
        if (await visitors.FindAsync(context) is { } visitor)
        {
            var hint = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
            if (hint?.GetClaim(Visitors.SessionClaim) != visitor.Session.Id.ToString("N") && !await IsConfirmedAsync(context))
                return await pages.ShowAsync<SignOutPage>(
                    context,
                    new Dictionary<string, object?> { ["Action"] = Path, ["Hidden"] = OidcAnswers.ParametersOf(request) },
                    sendsTo: RedirectOrigins.Of(request.PostLogoutRedirectUri));
            await sessions.EndAsync(visitor.Account.Id, visitor.Session.Id, context.RequestAborted);
        }

        await context.SignOutAsync(SessionCookie.Scheme);
        return Results.SignOut(new AuthenticationProperties { RedirectUri = "/account/signed-out" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private async Task<bool> IsConfirmedAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType
        && (await context.Request.ReadFormAsync(context.RequestAborted))["decision"] == "sign-out"
        && await antiforgery.IsRequestValidAsync(context);
}
