using Platform.Storage.Model;

namespace Platform.Storage.Sending;

// What is sent is counted in memory by one grain for each sender (docs/decisions/0128). Rows keep what must outlive it: the number of the
// grain's count, by which a count that was lost or is out of date is told from the one that holds, and the block.

/// <summary>A mailbox, group, tenant or connector whose sending is bounded.</summary>
public sealed class SendAccountRow : ITenantOwned
{
    /// <summary>Of the mailbox, group, tenant or connector.</summary>
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Grows with each new count. A message is accepted only under the count by which it was let through.</summary>
    public required long Epoch { get; set; }

    /// <summary>What was sent before counts no more: a person said that it was right.</summary>
    public DateTimeOffset? CountedFrom { get; set; }

    /// <summary>When a limit of the place was last told of; to an hour.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>When it was blocked last; 1970 when it never was.</summary>
    public required DateTimeOffset BlockedAt { get; set; }

    /// <summary>Until then the mailbox sends nothing; null: it is not blocked.</summary>
    public DateTimeOffset? BlockedUntil { get; set; }

    /// <summary>The limit that was exceeded, such as <c>hour.messages</c>, or the words of a person.</summary>
    public string? BlockReason { get; set; }
    public string? BlockedBy { get; set; }

    /// <summary>Its sessions end with the block.</summary>
    public bool EndsSessions { get; set; }
}

/// <summary>An address to which a mailbox sent.</summary>
public sealed class SentRecipientRow : ITenantOwned
{
    /// <summary>Or the connector, of what it hands over for no mailbox.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    /// <summary>Of the address, lower-case A-labels.</summary>
    public required string Domain { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>When a message to it was accepted first.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When one was accepted last.</summary>
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>How many were delivered.</summary>
    public required long Delivered { get; set; }
}
