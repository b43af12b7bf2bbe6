using Platform.Storage.Model;

namespace Platform.Storage.Connectors;

// A server of a tenant's own hands over what it sends (smart host, OUT1). It is known by a certificate, by a login of its own, or, where it can do
// neither, by its address alone. Networks, where they are given beside a certificate or a login, are asked for too. Whatever it is known by, it
// sends in the domains of its tenant and in no other.

/// <summary>A server of a tenant that sends through the platform.</summary>
public sealed class ConnectorRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; set; }

    /// <summary>JSON array of CIDR ranges; empty: any address.</summary>
    public required string Networks { get; set; }

    /// <summary>JSON array of SHA-256 of client certificates, lower-case hex; empty: none is asked for.</summary>
    public required string Certificates { get; set; }

    /// <summary>User name of AUTH, unique over the platform; null: it does not log in.</summary>
    public string? Login { get; set; }

    /// <summary>Keys of SCRAM-SHA-256, as of an app password; null: it does not log in.</summary>
    public byte[]? Salt { get; set; }
    public int? Iterations { get; set; }
    public byte[]? StoredKey { get; set; }
    public byte[]? ServerKey { get; set; }

    /// <summary>To an hour; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public string? LastUsedFrom { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The accounts that acted when its password was made, as <see cref="Accounts.AccountIds"/>; null: none, or made by a version that kept none.</summary>
    public string? Makers { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}
