using Platform.Storage.Model;

namespace Platform.Storage.Onboarding;

/// <summary>A tenant's word that a domain is its own, until DNS says so. It keeps nobody else from claiming the same; only a proven one is in <see cref="DomainRow"/>.</summary>
public sealed class DomainClaimRow : ITenantOwned
{
    /// <summary>The domain has the same id once it is proven.</summary>
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Lower-case A-label form; unique for the tenant.</summary>
    public required string Name { get; init; }

    /// <summary>What the record must hold; see <see cref="DomainProof"/>.</summary>
    public required string Token { get; init; }
    public required DomainClaimState State { get; set; }

    /// <summary>What the last check found wrong; null before it and when it is proven.</summary>
    public DomainProblem? Problem { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>When the checks began; a claim asked for again begins anew.</summary>
    public required DateTimeOffset StartedAt { get; set; }
    public required int Checks { get; set; }
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>When it is checked next; null when no check is to come.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? ProvenAt { get; set; }
}

public enum DomainClaimState
{
    Pending,
    Proven,

    /// <summary>Not checked any more until somebody asks.</summary>
    Failed,
}

public enum DomainProblem
{
    NoRecord,
    OtherValue,

    /// <summary>DNS gave no answer; temporary.</summary>
    NoAnswer,

    /// <summary>Another tenant has proven it.</summary>
    Taken,

    /// <summary>Not proven within <see cref="DomainProof.MaxAge"/>.</summary>
    Expired,
}
