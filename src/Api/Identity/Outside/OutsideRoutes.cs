using Platform.Api.Edge;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.SignIn;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>The way to a tenant's own provider and back.</summary>
internal sealed partial class OutsideRoutes(
    ISignInProviders providers,
    ProviderDirectory directory,
    OutsideTransactions transactions,
    OutsideRequest request,
    OutsideAddress address,
    CodeExchange exchange,
    IdTokenCheck check,
    OutsideClaims claims,
    OutsideAccounts accounts,
    BrowserSignIn browser,
    PageRenderer pages,
    ILogger<OutsideRoutes> logger)
{
    private const int MaxCode = 8_000;

    public static void Map(IEndpointRouteBuilder account) => account.MapGet(
        "/sso/{tenant}",
        (HttpContext context, OutsideRoutes routes, string tenant, string? code, string? state, string? iss, string? error) => routes.ReturnAsync(context, tenant, code, state, iss, error));

    /// <summary>A page that leads on by itself: a redirect behind the form would be held back by the page's own policy.</summary>
    public async Task<IResult> LeadAsync(HttpContext context, SignInProvider provider, string email, string returnUrl, bool again)
    {
        try
        {
            var target = await request.BeginAsync(context, provider, email, returnUrl, again);
            return await pages.ShowAsync<LeadingPage>(context, new Dictionary<string, object?> { ["Target"] = target.AbsoluteUri, ["PasswordUrl"] = provider.LocalSignIn ? PasswordUrl(returnUrl, again) : null });
        }
        catch (OutsideSignInException problem)
        {
            return await FailedAsync(context, provider, problem, returnUrl, again);
        }
    }

    private async Task<IResult> ReturnAsync(HttpContext context, string tenant, string? code, string? state, string? issuer, string? error)
    {
        var cancellationToken = context.RequestAborted;
        var (provider, returnUrl, again) = ((SignInProvider?)null, ReturnUrl.Home, false);
        try
        {
            if (transactions.Take(context, state) is not { } transaction)
                throw new OutsideSignInException(OutsideProblem.Expired, "This browser began no such sign-in, or too long ago.");
            (returnUrl, again) = (ReturnUrl.Of(transaction.ReturnUrl), transaction.AgainSince is not null);
            provider = await providers.FindAsync(transaction.Provider, cancellationToken);
            if (provider is null || GlobalId.Find(tenant, NodeKind.Tenant) != provider.TenantId)
                throw new OutsideSignInException(OutsideProblem.Expired, "The answer came to another address than was asked for.");
            var metadata = await directory.FindAsync(provider.Issuer, cancellationToken);
            // RFC 9207, 2.4: looked at before anything of the answer is used.
            if (issuer is not null ? issuer != provider.Issuer : metadata.NamesIssuer)
                throw new OutsideSignInException(OutsideProblem.Untrusted, "The answer names another issuer than was asked, or none.");
            if (error is not null || code is not { Length: > 0 and <= MaxCode })
                throw new OutsideSignInException(OutsideProblem.Refused, "The provider answered with an error.");
            await ProveAsync(provider, metadata, code, transaction, context);
            return Results.Redirect(returnUrl);
        }
        catch (OutsideSignInException problem)
        {
            return await FailedAsync(context, provider, problem, returnUrl, again);
        }
    }

    private async Task ProveAsync(SignInProvider provider, ProviderMetadata metadata, string code, OutsideTransaction transaction, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var tokens = await exchange.ForCodeAsync(provider, metadata, code, transaction.Verifier, address.Of(provider.TenantId, context.Request), cancellationToken);
        var token = await check.CheckAsync(provider, metadata, tokens, transaction.Nonce, cancellationToken);
        var person = await claims.ReadAsync(provider, metadata, tokens, token, cancellationToken);
        var account = await accounts.FindAsync(provider, person, transaction.AgainSince, cancellationToken);
        await providers.NoteSignInAsync(provider, cancellationToken);
        if (!await browser.CompleteOutsideAsync(context, account, person.Strong ? "fed mfa" : "fed", person.AuthenticatedAt, provider.Name))
            throw new OutsideSignInException(OutsideProblem.PlaceRefused, "The tenant's rules let this account not in from there.");
    }

    private Task<IResult> FailedAsync(HttpContext context, SignInProvider? provider, OutsideSignInException problem, string returnUrl, bool again)
    {
        Failed(logger, provider?.Id, problem.Problem, problem.Message);
        return pages.ShowAsync<OutsideFailedPage>(
            context,
            new Dictionary<string, object?>
            {
                ["Text"] = "outside." + System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(problem.Problem.ToString()),
                ["AgainUrl"] = SignInUrl(returnUrl, again, way: null),
                ["PasswordUrl"] = provider is { LocalSignIn: false } ? null : PasswordUrl(returnUrl, again),
            },
            problem.Problem is OutsideProblem.Unreachable or OutsideProblem.Misconfigured ? StatusCodes.Status502BadGateway
                : problem.Problem == OutsideProblem.Expired ? StatusCodes.Status400BadRequest : StatusCodes.Status403Forbidden);
    }

    private static string PasswordUrl(string returnUrl, bool again) => SignInUrl(returnUrl, again, SignInRoutes.WithPassword);

    /// <param name="again">Whoever is signed in is asked all the same.</param>
    private static string SignInUrl(string returnUrl, bool again, string? way) => "/account/sign-in" + QueryString.Create(
        new Dictionary<string, string?> { ["way"] = way, ["again"] = again ? "true" : null, ["returnUrl"] = returnUrl }.Where(pair => pair.Value is not null));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by the provider {Provider} did not go through: {Problem}. {Detail}")]
    private static partial void Failed(ILogger logger, Guid? provider, OutsideProblem problem, string detail);
}
