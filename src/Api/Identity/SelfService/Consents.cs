using OpenIddict.Abstractions;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.SelfService;

/// <summary>Applications of other makers that a person let in.</summary>
internal sealed class Consents(IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications, IOpenIddictTokenManager tokens, LiveTokens live)
{
    public async Task<IReadOnlyList<AppView>> ListAsync(Guid account, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, AppView>(StringComparer.Ordinal);
        await foreach (var authorization in authorizations.FindAsync(UserTokens.SubjectOf(account), null, Statuses.Valid, AuthorizationTypes.Permanent, null, cancellationToken))
            if (await authorizations.GetApplicationIdAsync(authorization, cancellationToken) is { } id && !found.ContainsKey(id)
                && await applications.FindByIdAsync(id, cancellationToken) is { } application)
                found[id] = new AppView(
                    await applications.GetClientIdAsync(application, cancellationToken) ?? "", await applications.GetDisplayNameAsync(application, cancellationToken) ?? "");
        return [.. found.Values.OrderBy(app => app.Name, StringComparer.Ordinal)];
    }

    /// <summary>Takes the consent back, and every token that the application has of the person with it. False: there is no such application, or it had nothing.</summary>
    public async Task<bool> EndAsync(Guid account, string clientId, CancellationToken cancellationToken)
    {
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is not { } application || await applications.GetIdAsync(application, cancellationToken) is not { } id)
            return false;
        var ended = await authorizations.RevokeAsync(UserTokens.SubjectOf(account), id, null, null, cancellationToken);
        ended += await tokens.RevokeAsync(UserTokens.SubjectOf(account), id, null, null, cancellationToken);
        live.Forget();
        return ended > 0;
    }
}
