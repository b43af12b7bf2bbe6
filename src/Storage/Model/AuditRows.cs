namespace Platform.Storage.Model;

/// <summary>
/// One link of the hash-chained audit log (TEN4). The chain's own table holds commitments to the personal fields; those fields
/// and the salts of their commitments lie in a table beside it, where they can be erased one by one while the chain still verifies.
/// </summary>
public sealed class AuditRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>The tenant, or the MSP for what an MSP does above its tenants.</summary>
    public required Guid OwnerId { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Action { get; init; }

    /// <summary>How <see cref="Hash"/> is made: one of <see cref="Audit.AuditForm"/>.</summary>
    public required int Form { get; init; }

    /// <summary>HMAC-SHA256 of the field under its salt, lower-case hex; empty in rows of <see cref="Audit.AuditForm.Plain"/>.</summary>
    public required string ActorCommitment { get; init; }
    public required string TargetCommitment { get; init; }
    public required string DetailCommitment { get; init; }

    /// <summary>SHA-256 over the previous hash and this link's fields, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Empty once erased, as <see cref="Target"/> and <see cref="Detail"/> are.</summary>
    public required string Actor { get; init; }
    public required string Target { get; init; }
    public required string Detail { get; init; }

    /// <summary>Null once the field is erased, and in rows of <see cref="Audit.AuditForm.Plain"/>.</summary>
    public byte[]? ActorSalt { get; init; }
    public byte[]? TargetSalt { get; init; }
    public byte[]? DetailSalt { get; init; }

    /// <summary>The message the entry is about.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>When a personal field was first erased; null while all are there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>The last link of each chain: the lock that orders it, and what a cut-off tail is measured against.</summary>
public sealed class AuditHeadRow : IOwned
{
    public required Guid OwnerId { get; init; }
    public required long Sequence { get; init; }
    public required string Hash { get; init; }
}
