using Platform.Storage.Model;

namespace Platform.Storage.Protection;

/// <summary>What of a mail its recipient reads in the secure reader, and gets nowhere else (OUT8, OUT12).</summary>
public enum ProtectedExtent
{
    /// <summary>All of it: a notice goes out in its place.</summary>
    Mail,

    /// <summary>Its files; the text goes out.</summary>
    Files,

    /// <summary>Its files go out under a password, which the reader tells.</summary>
    LockedFiles,

    /// <summary>Files that are too large to go by mail; all else goes out.</summary>
    LargeFiles,
}

/// <summary>The key of one protected mail, which opens the key of its body. It lies under a key of the platform's for this alone, apart from those of tenants.</summary>
public sealed class ProtectedMailRow : ITenantOwned
{
    public required Guid MessageId { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Null: destroyed; nothing brings the mail back.</summary>
    public byte[]? WrappedKey { get; set; }

    /// <summary>The subject, where all of the mail is protected, under its key; null: it goes out and is no secret.</summary>
    public byte[]? Subject { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What one recipient may read, and how long.</summary>
public sealed class ProtectedDeliveryRow : ITenantOwned
{
    public required Guid DeliveryId { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }

    /// <summary>Of the sender.</summary>
    public required Guid? SenderMailboxId { get; init; }
    public required string Recipient { get; init; }
    public required ProtectedExtent Extent { get; set; }

    /// <summary>Of <see cref="ProtectedExtent.LargeFiles"/>: files of more bytes; null for others.</summary>
    public long? LargerThan { get; set; }

    /// <summary>Shown and not to be saved.</summary>
    public required bool ViewOnly { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
    public DateTimeOffset? FirstOpenedAt { get; set; }
    public DateTimeOffset? LastOpenedAt { get; set; }
    public required int Opens { get; set; }
    public required int Downloads { get; set; }

    /// <summary>Answers given in the reader within the hour that began at <see cref="RepliesSince"/>.</summary>
    public required int Replies { get; set; }
    public DateTimeOffset? RepliesSince { get; set; }

    /// <summary>When its files were last looked at anew before they were given out.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>A later look found malware: files are given out no more.</summary>
    public required bool IsDangerous { get; set; }
}

/// <summary>A code that was sent to a recipient. It works once, for a few tries, in the browser that asked for it.</summary>
public sealed class ReaderCodeRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid DeliveryId { get; init; }

    /// <summary>HMAC-SHA256 over id and code.</summary>
    public required byte[] Hash { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required int Tries { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A browser whose user showed a code.</summary>
public sealed class ReaderSessionRow : ITenantOwned
{
    /// <summary>SHA-256 of the secret in the cookie, in hex.</summary>
    public required string Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid DeliveryId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
