using Platform.Storage.Model;

namespace Platform.Storage.Retention;

/// <summary>What a tenant or an MSP says of retention; what it does not say it inherits.</summary>
public sealed class RetentionRow : IOwned
{
    public required Guid OwnerId { get; init; }

    /// <summary>JSON of <see cref="RetentionRules"/>.</summary>
    public required string Rules { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>Where the worker of retention stands with a tenant.</summary>
public sealed class RetentionRunRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>When the next run is due.</summary>
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Messages of the run under way, or of the last, whose content expired.</summary>
    public required int Content { get; set; }

    /// <summary>Messages that expired whole.</summary>
    public required int Messages { get; set; }

    /// <summary>Messages passed over because of a hold.</summary>
    public required int Held { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
