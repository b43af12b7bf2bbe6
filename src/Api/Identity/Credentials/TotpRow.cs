namespace Platform.Api.Identity.Credentials;

/// <summary>The authenticator app of an account (RFC 6238).</summary>
public sealed class TotpRow
{
    public required Guid AccountId { get; init; }

    /// <summary>The shared secret, sealed by the key ring of this installation.</summary>
    public required string Secret { get; set; }

    /// <summary>Null until the first code proved that the app has the secret; only then is a code asked for.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The last time step whose code was taken: no code is taken twice (RFC 6238, section 5.2).</summary>
    public long LastStep { get; set; }
}

/// <summary>A code that stands in for a lost authenticator app, once.</summary>
public sealed class RecoveryCodeRow
{
    /// <summary>SHA-256 of account and code; the code has 80 bits of chance, so a fast hash keeps it.</summary>
    public required string Hash { get; init; }

    public required Guid AccountId { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
