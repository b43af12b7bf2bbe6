using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Push;
using Platform.Storage.Scopes;

namespace Platform.Storage.OutsideSignIn;

/// <summary>What a sign-in provider must look like and who may set one. A refusal has a code and a sentence that says what to do.</summary>
internal static class SignInRules
{
    /// <summary>Of one tenant.</summary>
    public const int MaxProviders = 10;
    public const int MaxDomains = 200;

    private const int MaxIssuer = 500;
    private const int MaxClientId = 255;
    private const int MaxSecret = 1_000;
    private const int MaxClaim = 200;
    private const int MaxScopes = 10;
    private const int MaxScope = 100;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "No such sign-in provider is in reach of this client.");

    public static Refusal Full { get; } = new("SIGN_IN_PROVIDER_LIMIT", $"There are {MaxProviders} sign-in providers already. Remove one first.");

    /// <summary>Whoever says which provider vouches for a tenant's people could be any of them.</summary>
    public static Refusal LessThanAdministrator { get; } = new(
        "PERMISSION_NOT_HELD", "Whoever sets how people prove who they are must hold every permission of an administrator, of this tenant's messages too.");

    public static Refusal SecretRequired { get; } = new(
        "SIGN_IN_SECRET_REQUIRED", "The secret belongs to the issuer before: give the one of the new issuer, or an empty one for a client without a secret.");

    public static Refusal NotProven { get; } = new(
        "SIGN_IN_NOT_PROVEN", "Sign in by this provider once before passwords are closed, so that nobody is locked out by a setting that is wrong.");

    public static Refusal NoWayIn { get; } = new(
        "SIGN_IN_NO_WAY_IN", "Its people could not sign in at all, and the passwords of before must not come back by themselves: say 'localSignIn: true' too, if they are to be good again.");

    public static Refusal UnknownDomain(string domain) => new("DOMAIN_UNKNOWN", $"'{domain}' is no domain of this tenant. Add it to the tenant first.");

    public static Refusal DomainTaken(string domain) => new("SIGN_IN_DOMAIN_TAKEN", $"'{domain}' is routed to another sign-in provider of this tenant.");

    public static Refusal? Reach(Scope scope, Guid tenantId) =>
        !scope.Tenants.Contains(tenantId) ? Refusal.NoTenant
        : AccountRules.HoldsAll(scope, AccountOwner.Tenant(tenantId), [BuiltInRoles.Administrator]) ? null : LessThanAdministrator;

    public static Refusal? Issuer(string issuer, IPushAddressRule addresses)
    {
        if (issuer.Length is 0 or > MaxIssuer || issuer.Any(c => c <= ' ' || c > '~') || !Uri.TryCreate(issuer, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return new("INVALID_ISSUER", $"An issuer is an 'https' address without query and fragment, at most {MaxIssuer} characters, as the provider itself writes it.");
        return addresses.RefuseHttp(url) is { } reason ? new("INVALID_ISSUER", reason) : null;
    }

    public static Refusal? ClientId(string id) =>
        IsPlain(id, MaxClientId) ? null : new("INVALID_CLIENT_ID", $"A client id has 1 to {MaxClientId} visible ASCII characters.");

    /// <summary>RFC 6749, A.2.</summary>
    /// <param name="secret">Null or empty: none.</param>
    public static Refusal? Secret(string? secret) =>
        string.IsNullOrEmpty(secret) || (secret.Length <= MaxSecret && secret.All(c => c is >= ' ' and <= '~'))
            ? null
            : new("INVALID_CLIENT_SECRET", $"A client secret has at most {MaxSecret} characters of printable ASCII.");

    public static Refusal? Claim(string? claim) =>
        string.IsNullOrEmpty(claim) || IsPlain(claim, MaxClaim) ? null : new("INVALID_ROLE_CLAIM", $"The name of a claim has at most {MaxClaim} visible ASCII characters.");

    /// <summary>RFC 6749, 3.3.</summary>
    public static Refusal? Scopes(IReadOnlyList<string> scopes) =>
        scopes.Count <= MaxScopes && scopes.All(scope => IsPlain(scope, MaxScope) && !scope.Contains('"', StringComparison.Ordinal) && !scope.Contains('\\', StringComparison.Ordinal))
            ? null
            : new("INVALID_SIGN_IN_SCOPES", $"At most {MaxScopes} scopes are asked for, each of 1 to {MaxScope} visible ASCII characters.");

    public static Refusal? Domains(IReadOnlyList<string> domains) =>
        domains.Count <= MaxDomains ? null : new("INVALID_SIGN_IN_DOMAINS", $"At most {MaxDomains} domains are routed to one provider.");

    private static bool IsPlain(string text, int max) => text.Length > 0 && text.Length <= max && text.All(c => c is > ' ' and <= '~');
}
