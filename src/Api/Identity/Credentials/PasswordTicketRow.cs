namespace Platform.Api.Identity.Credentials;

/// <summary>The right to set a new password once, sent to the address of the account when its password is forgotten.</summary>
public sealed class PasswordTicketRow
{
    /// <summary>SHA-256 of the token, which has 256 bits of chance and is kept nowhere.</summary>
    public required string Hash { get; init; }

    public required Guid AccountId { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
