using Platform.Storage.Model;

namespace Platform.Storage.Transport;

public enum DkimKeyKind
{
    /// <summary>2048 bits, rsa-sha256 (RFC 6376, RFC 8301).</summary>
    Rsa,

    /// <summary>ed25519-sha256 (RFC 8463).</summary>
    Ed25519,
}

/// <summary>Where a key stands on its way: made, seen in DNS and used, replaced but still published, done with.</summary>
public enum DkimKeyState
{
    /// <summary>Its record has not been seen in DNS, or is gone from there: nothing is signed with it.</summary>
    Waiting,

    /// <summary>Its record is published: it signs.</summary>
    Active,

    /// <summary>A newer one signs. Its record must stay, since mail that it signed is still on the way; the private key is gone.</summary>
    Retiring,

    /// <summary>Its record can be taken away.</summary>
    Retired,
}

/// <summary>A key by which mail of one domain of a tenant is signed.</summary>
public sealed class DkimKeyRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>A domain of the tenant.</summary>
    public required string Domain { get; init; }
    public required string Selector { get; init; }
    public required DkimKeyKind Kind { get; init; }

    /// <summary>PEM, sealed under the tenant's key; null once it signs no more.</summary>
    public byte[]? PrivateKey { get; set; }

    /// <summary>The value of <c>p=</c>.</summary>
    public required string PublicKey { get; init; }
    public required DkimKeyState State { get; set; }

    /// <summary>A new key is made after so many days of signing; 0: by hand alone.</summary>
    public required int RotationDays { get; set; }
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What the last look into DNS found wrong; null: nothing.</summary>
    public string? Problem { get; set; }
    public DateTimeOffset? ActiveAt { get; set; }
    public DateTimeOffset? RetiringAt { get; set; }

    /// <summary>When it is looked at next; null: never again.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}
