using Platform.Storage.Model;

namespace Platform.Storage.OutsideSignIn;

// Sign-in of a tenant's people by the tenant's own OpenID provider (OpenID Connect Core 1.0). Which provider is asked follows from the
// domain of the address that is typed: a domain of the tenant's is routed to at most one of its providers (domains.sign_in_provider_id).
// What the provider says of an address is believed only within the domains that are routed to it.

/// <summary>An OpenID provider of a tenant, as this platform is a client of it.</summary>
public sealed class SignInProviderRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; set; }

    /// <summary>As its tokens say it, to the character (OpenID Connect Discovery 1.0, 4.3).</summary>
    public required string Issuer { get; set; }
    public required string ClientId { get; set; }

    /// <summary>Sealed under the tenant's key; null: a client without a secret, by PKCE alone.</summary>
    public byte[]? ClientSecret { get; set; }

    /// <summary>JSON array of scopes asked for beside <c>openid profile email</c>.</summary>
    public required string Scopes { get; set; }
    public required bool Enabled { get; set; }

    /// <summary>Accounts of the routed domains may use passwords and passkeys of the platform too.</summary>
    public required bool LocalSignIn { get; set; }

    /// <summary>Whoever the provider vouches for gets an account at the first sign-in.</summary>
    public required bool CreatesAccounts { get; set; }

    /// <summary>Name of the claim that says who gets which roles; null: roles are given here.</summary>
    public string? RoleClaim { get; set; }

    /// <summary>JSON of <see cref="RoleMap"/>: by values of the claim.</summary>
    public required string RoleMap { get; set; }

    /// <summary>JSON array of ids of roles, for whom no value of the map names; empty: then nobody gets in.</summary>
    public required string DefaultRoles { get; set; }

    /// <summary>When somebody last signed in by this issuer and client id; null: never.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}
