using Platform.Storage.Model;

namespace Platform.Storage.Provisioning;

// Accounts and groups that a tenant's own directory keeps by SCIM 2.0 (RFC 7643, RFC 7644). The accounts and groups themselves are those of
// the platform; here lies what only the directory knows of them, what follows for their roles, and the keys that its program comes with.

/// <summary>What follows from the groups of the tenant's directory.</summary>
public sealed class ProvisioningRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>JSON of <see cref="OutsideSignIn.RoleMap"/>: by names and external ids of groups.</summary>
    public required string RoleMap { get; set; }

    /// <summary>JSON array of ids of roles, for whom no group of the map names.</summary>
    public required string DefaultRoles { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>A long-lived key of a program that provisions, where it cannot fetch tokens.</summary>
public sealed class ProvisioningKeyRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public required string Hash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To an hour; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

/// <summary>That an account is kept by the tenant's directory: its roles follow from its groups.</summary>
public sealed class ProvisionedAccountRow : ITenantOwned
{
    public required Guid AccountId { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>What the directory calls it (RFC 7643, 3.1).</summary>
    public string? ExternalId { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
}
