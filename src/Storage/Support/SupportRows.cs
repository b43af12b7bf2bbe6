using Platform.Storage.Model;

namespace Platform.Storage.Support;

// Support access (TEN1). The staff of the platform sees no tenant. It asks one for access, with a reason and for a time; the tenant
// grants, refuses or ends it. What is granted ends by its time, whether anybody looks or not: the edge asks for grants in force.

/// <summary>What support staff may do while it is let in.</summary>
public enum SupportLevel
{
    /// <summary>See what a read-only client sees.</summary>
    Read,

    /// <summary>Also act on messages and change directory, policy and lists.</summary>
    Act,
}

public enum SupportState
{
    /// <summary>The tenant has not answered.</summary>
    Requested,

    /// <summary>In force until it ends.</summary>
    Granted,
    Refused,

    /// <summary>Ended before its time, by the tenant or by the staff itself.</summary>
    Ended,

    /// <summary>Its time is over, or the request was not answered in time.</summary>
    Expired,
}

/// <summary>One request of a member of the support staff for one tenant, and what became of it.</summary>
public sealed class SupportGrantRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>The account of the platform that asks.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Its name and address at the time, for the tenant to see who asks.</summary>
    public required string AccountName { get; init; }
    public required string AccountAddress { get; init; }
    public required SupportLevel Level { get; init; }

    /// <summary>Messages may be opened, too.</summary>
    public required bool IncludesContent { get; set; }
    public required string Reason { get; init; }
    public required int Hours { get; set; }
    public required SupportState State { get; set; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }

    /// <summary>When the request lapses, or what is granted ends. Null once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }
}
