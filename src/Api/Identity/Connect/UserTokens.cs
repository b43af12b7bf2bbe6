using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// What the tokens of a person say: subject <c>user:ID</c>, the session, and as scopes what was granted. Which tenants and mailboxes
/// are in reach is not in them; the edge reads that anew from the account.
/// </summary>
internal sealed class UserTokens(IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations, SessionStore sessions)
{
    private static readonly string[] OpenIdScopes = [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess];

    /// <summary>Whom access tokens are for (RFC 9068, section 2.2): the platform's interfaces, and nobody who merely holds a client.</summary>
    public const string Audience = "platform-api";

    public static string SubjectOf(Guid account) => AccountScopes.SubjectPrefix + account.ToString("D");

    public static Guid? AccountOf(string? subject) => subject is not null && AccountScopes.IsOfAccount(subject, out var id) ? id : null;

    /// <summary>
    /// What of the scopes asked for is granted: those of OpenID Connect, and permissions that the account has. A client of ours that
    /// names no permission gets all of them, as with client credentials; another's gets what it names.
    /// </summary>
    public static ImmutableArray<string> Grant(ImmutableArray<string> asked, IReadOnlySet<string> permissions, bool firstParty)
    {
        var named = asked.Where(permissions.Contains);
        if (firstParty && asked.All(OpenIdScopes.Contains))
            named = permissions.Order(StringComparer.Ordinal);
        return [.. asked.Where(OpenIdScopes.Contains).Concat(named).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Makes the authorization behind the tokens, bound to the session so that both end together.</summary>
    public async Task<ClaimsPrincipal> IssueAsync(
        SignInAccount account, SessionRow session, object application, ImmutableArray<string> scopes, CancellationToken cancellationToken)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, SubjectOf(account.Id));
        identity.SetClaim(Visitors.SessionClaim, session.Id.ToString("N"));
        if (session.AuthenticatedAt is { } at)
            identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        identity.SetClaims(Claims.AuthenticationMethodReference, [.. session.Methods.Split(' ')]);
        identity.SetScopes(scopes);
        Describe(identity, account);
        var principal = new ClaimsPrincipal(identity);

        var applicationId = await applications.GetIdAsync(application, cancellationToken) ?? throw new InvalidOperationException("The application has no id.");
        var authorization = await authorizations.CreateAsync(principal, SubjectOf(account.Id), applicationId, AuthorizationTypes.AdHoc, scopes, cancellationToken);
        var authorizationId = await authorizations.GetIdAsync(authorization, cancellationToken) ?? throw new InvalidOperationException("The authorization has no id.");
        await sessions.AddGrantAsync(session.Id, authorizationId, await applications.GetClientIdAsync(application, cancellationToken) ?? "", cancellationToken);
        principal.SetAuthorizationId(authorizationId);
        return principal;
    }

    /// <summary>Brings what the token says of the person up to date, and says in which token each claim goes.</summary>
    public static void Describe(ClaimsIdentity identity, SignInAccount account)
    {
        identity.SetResources(Audience);
        identity.SetClaim(Claims.Name, identity.HasScope(Scopes.Profile) ? account.Name : null);
        identity.SetClaim(Claims.Locale, identity.HasScope(Scopes.Profile) ? account.Language : null);
        identity.SetClaim(Claims.Email, identity.HasScope(Scopes.Email) ? account.Address : null);
        identity.SetDestinations(static claim => claim.Type switch
        {
            Claims.Subject or Visitors.SessionClaim => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.Name or Claims.Locale or Claims.Email or Claims.AuthenticationTime or Claims.AuthenticationMethodReference => [Destinations.IdentityToken],
            _ => [],
        });
    }
}
