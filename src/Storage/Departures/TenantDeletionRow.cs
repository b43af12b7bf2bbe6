using Platform.Storage.Model;

namespace Platform.Storage.Departures;

/// <summary>The wish to delete a tenant, which can be taken back until it is due.</summary>
public sealed class TenantDeletionRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>The purge that carries it out, and its receipt.</summary>
    public required Guid PurgeId { get; init; }
    public required string Reason { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why it waits although it is due: a legal hold. Null otherwise.</summary>
    public string? Obstacle { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
