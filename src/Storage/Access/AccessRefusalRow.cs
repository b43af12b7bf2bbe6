using Platform.Storage.Model;

namespace Platform.Storage.Access;

/// <summary>
/// Attempts to get in that were refused, one row for all of one hour that are alike: who, from which network, by which service, why. What is
/// more than a tenant's rows of an hour is counted in one further row, so that nobody fills the table or the feed.
/// </summary>
public sealed class AccessRefusalRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }

    /// <summary>Address of the mailbox or person, <c>client:</c> and its id of a program; empty: none of the tenant's, or more than are told apart.</summary>
    public required string Account { get; init; }
    public required AccessService Service { get; init; }

    /// <summary>By <see cref="AccessNetworks"/>; <c>*</c>: more than are told apart.</summary>
    public required string Network { get; init; }
    public required AccessReason Reason { get; init; }

    /// <summary>The address of the last attempt.</summary>
    public required string Address { get; set; }
    public string? Country { get; set; }
    public long? Asn { get; set; }
    public string? Organisation { get; set; }
    public required long Count { get; set; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; set; }
}
