using Platform.Engine.Feeds;
using Platform.Storage.Model;

namespace Platform.Storage.Quarantine;

/// <summary>That a held delivery was told in a digest: none is told twice.</summary>
public sealed class DigestEntryRow : ITenantOwned
{
    public required Guid DeliveryId { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MailboxId { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
}

/// <summary>A sender that the owner of a mailbox blocked or allowed for it. The tenant's lists are others.</summary>
public sealed class MailboxSenderRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MailboxId { get; init; }
    public required ListAction Action { get; init; }

    /// <summary>An address, or a domain with what stands below it; lower case, A-labels.</summary>
    public required string Value { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

public enum RequestState
{
    Waiting,
    Approved,
    Refused,
}

/// <summary>The owner of a mailbox asks to have a held mail delivered. One for a delivery.</summary>
public sealed class ReleaseRequestRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid DeliveryId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid MailboxId { get; init; }
    public required string Note { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required RequestState State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecisionNote { get; set; }
}

/// <summary>A mail that the platform is to send, written with what it tells of; sent and forgotten by a worker.</summary>
public sealed class MailOrderRow : ITenantOwned
{
    public required Guid Id { get; init; }

    /// <summary>In whose name and over whose route.</summary>
    public required Guid TenantId { get; init; }
    public required string Recipient { get; init; }

    /// <summary>Null: of the tenant.</summary>
    public string? Language { get; init; }
    public required string Kind { get; init; }

    /// <summary>JSON object of texts by name; holds no secret.</summary>
    public required string Facts { get; init; }

    /// <summary>The mail it is about: a purge of that takes the order along.</summary>
    public Guid? MessageId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
