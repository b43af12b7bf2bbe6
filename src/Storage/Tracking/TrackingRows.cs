using Platform.Engine.Tracking;
using Platform.Storage.Model;

namespace Platform.Storage.Tracking;

/// <summary>A delivery whose opens are noted: its copy carries a picture of its own, or it is read in the secure reader.</summary>
public sealed class TrackedDeliveryRow : ITenantOwned
{
    public required Guid DeliveryId { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public Guid? SenderMailboxId { get; init; }

    /// <summary>By the policy when the copy was made.</summary>
    public required TrackedPlace Place { get; init; }

    /// <summary>When the copy was made last, just before it was handed over.</summary>
    public required DateTimeOffset TrackedAt { get; set; }

    /// <summary>Opens by people.</summary>
    public int People { get; set; }
    public int Machines { get; set; }

    /// <summary>Opens of which nobody can tell.</summary>
    public int Unknowns { get; set; }

    /// <summary>Opens that were more than are kept; not graded.</summary>
    public long Beyond { get; set; }

    /// <summary>Of a person.</summary>
    public DateTimeOffset? FirstAt { get; set; }

    /// <summary>Of a person.</summary>
    public DateTimeOffset? LastAt { get; set; }
}

/// <summary>One open of a tracked delivery. Until it is graded it holds the request; afterwards what was made of it.</summary>
public sealed class OpenRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid DeliveryId { get; init; }
    public Guid? SenderMailboxId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required OpenTarget Target { get; init; }

    /// <summary>Which part of the mail; empty: its picture.</summary>
    public required string Part { get; init; }
    public bool IsHead { get; init; }

    /// <summary>When it is graded, or the lease of who grades it ends; null: it is graded.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>JSON of <see cref="OpenFacts"/>; null once graded.</summary>
    public string? Facts { get; set; }

    /// <summary>Keyed hash of the network (IPv4 /24, IPv6 /64); null a day later.</summary>
    public string? NetworkKey { get; set; }

    /// <summary>Keyed hash of the program; null a day later.</summary>
    public string? AgentKey { get; set; }
    public OpenGrade? Grade { get; set; }

    /// <summary>One of <see cref="OpenReasons.All"/>.</summary>
    public string? Reason { get; set; }
    public string? Country { get; set; }
    public string? Region { get; set; }

    /// <summary>Name of the autonomous system.</summary>
    public string? Network { get; set; }
    public string? Family { get; set; }
    public string? System { get; set; }
    public DeviceKind? Device { get; set; }
}

/// <summary>How many opens of one delivery in one hour were more than are kept.</summary>
public sealed class OpenHourRow : ITenantOwned
{
    public required Guid DeliveryId { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required long Count { get; set; }
}

/// <summary>The count of a message's opens, which has one writer at a time.</summary>
public sealed class MessageReadsRow : ITenantOwned
{
    public required Guid MessageId { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Grows with each open that is counted. Who counts names the version it knows, and is refused when there is a later one.</summary>
    public required long Version { get; set; }
}
