using Platform.Storage.Model;

namespace Platform.Storage.Submission;

// Outgoing mail comes in by submission (RFC 6409): a mail program or a device logs in as a mailbox, by an app password made for it alone or
// by a token of its owner, and sends under the addresses of that mailbox. Passwords are random, so that what is kept of them (the keys of
// SCRAM-SHA-256, RFC 5802) tells nothing; those of one mailbox share a salt, so that one login is checked against all of them.

/// <summary>A password for one program or device of one mailbox.</summary>
public sealed class AppPasswordRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MailboxId { get; init; }

    /// <summary>Of the program or device, for people.</summary>
    public required string Name { get; init; }
    public required byte[] Salt { get; init; }

    /// <summary>Of PBKDF2.</summary>
    public required int Iterations { get; init; }

    /// <summary>RFC 5802, 3.</summary>
    public required byte[] StoredKey { get; init; }

    /// <inheritdoc cref="StoredKey"/>
    public required byte[] ServerKey { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To an hour; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedFrom { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>The accounts that acted when it was made, as <see cref="Accounts.AccountIds"/>; null: none, or made by a version that kept none.</summary>
    public string? Makers { get; init; }
}
