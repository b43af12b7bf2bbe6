using Platform.Engine.Feeds;
using Platform.Storage.Model;

namespace Platform.Storage.Lists;

// Allow and block lists (DET8, DET10). A list belongs to a tenant or to an MSP; the MSP's is inherited by all its tenants. One table
// holds the entries of both by the id of their owner. Each change counts up the owner's revision in the same transaction: by it a
// process sees that what it keeps in memory is old, and by its row lock two changes of one list never run at once.

/// <summary>One entry of a list.</summary>
public sealed class ListEntryRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>Id of the tenant or MSP whose list it stands in.</summary>
    public required Guid OwnerId { get; init; }
    public required ListAction Action { get; set; }
    public required ListEntryKind Kind { get; init; }

    /// <summary>As <see cref="ListValue"/> normalises it.</summary>
    public required string Value { get; init; }

    /// <summary>Of a domain or host: the name alone, not what stands below it.</summary>
    public required bool IsExact { get; set; }

    /// <summary>JSON array of CIDR ranges from which alone an allowed name is believed.</summary>
    public required string Networks { get; set; }
    public required string Note { get; set; }

    /// <summary>Null: it does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>Grows with each change of a list. No row: nothing was ever listed.</summary>
public sealed class ListRevisionRow : IOwned
{
    public required Guid OwnerId { get; init; }
    public required long Revision { get; set; }
}
