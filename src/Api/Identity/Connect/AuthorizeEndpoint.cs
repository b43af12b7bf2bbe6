using System.Collections.Immutable;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// The authorization endpoint (RFC 6749, section 3.1; OpenID Connect Core, section 3.1.2): a client sends the person here, who signs
/// in and, for a client of another maker, agrees; then the browser goes back with a code. OpenIddict checks client, redirect address
/// and PKCE (S256 alone) before this code runs.
/// </summary>
internal sealed class AuthorizeEndpoint(
    IOpenIddictApplicationManager applications,
    IOpenIddictAuthorizationManager authorizations,
    Visitors visitors,
    UserTokens userTokens,
    PageRenderer pages,
    IAntiforgery antiforgery,
    SignInAudit audit,
    TimeProvider time)
{
    public const string Path = "/connect/authorize";
    private const string Decision = "decision";

    public static Task<IResult> HandleAsync(HttpContext context, AuthorizeEndpoint endpoint) => endpoint.AnswerAsync(context);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (context.GetOpenIddictServerResponse() is { Error: not null } problem)
            return await ErrorAsync(context, problem);
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The authorization endpoint was reached around the OpenID Connect server.");
        var cancellationToken = context.RequestAborted;
        var visitor = await visitors.FindAsync(context);
        if (visitor is null || request.HasPromptValue(PromptValues.Login) || IsTooOld(request, visitor.Session))
            return request.HasPromptValue(PromptValues.None)
                ? OidcAnswers.Refuse(Errors.LoginRequired, "Nobody is signed in.")
                : SendToSignIn(request, again: visitor is not null || AsksForProof(request));

        var application = await applications.FindByClientIdAsync(request.ClientId!, cancellationToken) ?? throw new InvalidOperationException("The client has gone since it was checked.");
        var firstParty = await applications.HasConsentTypeAsync(application, ConsentTypes.Implicit, cancellationToken);
        var scopes = UserTokens.Grant(request.GetScopes(), visitor.Account.Permissions, firstParty);
        if (!firstParty && await AskAsync(context, request, visitor, application, scopes) is { } answer)
            return answer;

        var principal = await userTokens.IssueAsync(visitor.Account, visitor.Session, application, scopes, cancellationToken);
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <returns>Null when the person has agreed, now or before.</returns>
    private async Task<IResult?> AskAsync(HttpContext context, OpenIddictRequest request, Visitor visitor, object application, ImmutableArray<string> scopes)
    {
        var cancellationToken = context.RequestAborted;
        var subject = UserTokens.SubjectOf(visitor.Account.Id);
        var applicationId = await applications.GetIdAsync(application, cancellationToken);
        switch (await DecisionAsync(context))
        {
            case "accept":
                await authorizations.CreateAsync(new System.Security.Claims.ClaimsIdentity(), subject, applicationId!, AuthorizationTypes.Permanent, scopes, cancellationToken);
                await audit.WriteAsync(visitor.Account, SignInAudit.AppAllowed, new { client = request.ClientId, scopes = string.Join(' ', scopes) }, cancellationToken);
                return null;
            case "refuse":
                return OidcAnswers.Refuse(Errors.AccessDenied, "The person refused.");
        }

        await using var agreed = authorizations.FindAsync(subject, applicationId, Statuses.Valid, AuthorizationTypes.Permanent, scopes, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!request.HasPromptValue(PromptValues.Consent) && await agreed.MoveNextAsync())
            return null;
        if (request.HasPromptValue(PromptValues.None))
            return OidcAnswers.Refuse(Errors.ConsentRequired, "The person has not agreed to this yet.");
        return await pages.ShowAsync<ConsentPage>(
            context,
            new Dictionary<string, object?>
            {
                ["Client"] = await applications.GetDisplayNameAsync(application, cancellationToken) ?? request.ClientId,
                ["Action"] = Path,
                ["Scopes"] = ScopeWords.Of(scopes, await pages.LanguageAsync(context)),
                ["Hidden"] = OidcAnswers.ParametersOf(request, Parameters.Prompt),
            },
            sendsTo: RedirectOrigins.Of(request.RedirectUri));
    }

    /// <summary>What the form of the consent page said; null when it did not come from that form.</summary>
    private async Task<string?> DecisionAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType
        && (await context.Request.ReadFormAsync(context.RequestAborted))[Decision].ToString() is { Length: > 0 } decision
        && await antiforgery.IsRequestValidAsync(context)
            ? decision
            : null;

    // OpenID Connect Core, section 3.1.2.1: max_age and prompt=login ask for a sign-in of now.
    private static bool AsksForProof(OpenIddictRequest request) => request.MaxAge is not null || request.HasPromptValue(PromptValues.Login);

    private bool IsTooOld(OpenIddictRequest request, SessionRow session) =>
        request.MaxAge is { } seconds && (session.AuthenticatedAt is not { } at || (time.GetUtcNow() - at).TotalSeconds > seconds);

    private static IResult SendToSignIn(OpenIddictRequest request, bool again)
    {
        // Without what has been met when the person comes back: it would be asked for ever. The client sees by auth_time that it was.
        var comeBack = Path + QueryString.Create(OidcAnswers.ParametersOf(request, Parameters.Prompt, Parameters.MaxAge)!);
        var query = QueryString.Create([new("returnUrl", comeBack), .. again ? [new KeyValuePair<string, string?>("again", "true")] : Array.Empty<KeyValuePair<string, string?>>()]);
        return Results.Redirect("/account/sign-in" + query);
    }

    private Task<IResult> ErrorAsync(HttpContext context, OpenIddictResponse problem) => pages.ShowAsync<OidcErrorPage>(
        context,
        new Dictionary<string, object?> { ["Error"] = problem.Error, ["Description"] = problem.ErrorDescription },
        StatusCodes.Status400BadRequest);
}
