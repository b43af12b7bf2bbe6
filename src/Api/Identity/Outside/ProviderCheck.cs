using Platform.Api.Identity.Pages;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

internal enum ProviderCheckState
{
    Passed,
    Failed,

    /// <summary>It shows only when somebody signs in.</summary>
    Unknown,
}

/// <summary>One thing that was tried, with a sentence in the caller's language.</summary>
/// <param name="Name"><c>discovery</c>, <c>client</c>, <c>roles</c>, <c>sign-in</c>.</param>
internal sealed record ProviderCheckStep(string Name, ProviderCheckState State, string Sentence);

/// <summary>Tries a provider without a person: does it answer, is it the issuer that was named, does it know this client.</summary>
internal sealed class ProviderCheck(ProviderDirectory directory, CodeExchange exchange)
{
    public async Task<IReadOnlyList<ProviderCheckStep>> RunAsync(SignInProvider provider, string redirect, DateTimeOffset? lastSignIn, string language, CancellationToken cancellationToken)
    {
        var words = Wording.Of(language);
        List<ProviderCheckStep> steps = [];
        try
        {
            var metadata = await directory.RenewAsync(provider.Issuer, cancellationToken);
            steps.Add(new("discovery", ProviderCheckState.Passed, words.Format("provider-check.discovery.passed", metadata.Authorization.Host, metadata.Keys.Count)));
            steps.Add(await ClientAsync(provider, metadata, redirect, words, cancellationToken));
        }
        catch (OutsideSignInException problem)
        {
            steps.Add(new(steps.Count == 0 ? "discovery" : "client", ProviderCheckState.Failed, words.Format(SentenceOf(problem.Problem), problem.Message)));
        }

        steps.Add(provider.Roles.Default.Count > 0 || provider.RoleClaim is not null
            ? new("roles", ProviderCheckState.Passed, words["provider-check.roles.passed"])
            : new("roles", provider.CreatesAccounts ? ProviderCheckState.Failed : ProviderCheckState.Passed, words[provider.CreatesAccounts ? "provider-check.roles.none" : "provider-check.roles.by-hand"]));
        steps.Add(lastSignIn is { } at
            ? new("sign-in", ProviderCheckState.Passed, words.Format("provider-check.sign-in.passed", words.Moment(at)))
            : new("sign-in", ProviderCheckState.Unknown, words.Format("provider-check.sign-in.never", redirect)));
        return steps;
    }

    private static string SentenceOf(OutsideProblem problem) => problem == OutsideProblem.Unreachable ? "provider-check.unreachable" : "provider-check.misconfigured";

    private async Task<ProviderCheckStep> ClientAsync(SignInProvider provider, ProviderMetadata metadata, string redirect, Wording words, CancellationToken cancellationToken) =>
        await exchange.TryClientAsync(provider, metadata, redirect, cancellationToken) switch
        {
            "invalid_grant" => new("client", ProviderCheckState.Passed, words["provider-check.client.passed"]),
            "invalid_client" or "unauthorized_client" => new("client", ProviderCheckState.Failed, words["provider-check.client.unknown"]),
            _ => new("client", ProviderCheckState.Unknown, words["provider-check.client.untold"]),
        };
}
