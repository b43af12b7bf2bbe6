using Platform.Storage.Model;

namespace Platform.Storage.Holds;

/// <summary>
/// A legal hold: what it covers is neither purged nor expired, and its tenant is not deleted. All criteria that are given must
/// hold of a message; none given covers all mail of the tenant.
/// </summary>
public sealed class HoldRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Name or file number for people.</summary>
    public required string Name { get; init; }
    public required string Reason { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? MailboxId { get; init; }

    /// <summary>Address of the mailbox, which covers mail also when the mailbox is gone.</summary>
    public string? MailboxAddress { get; init; }

    /// <summary>What the sender's address or name contains, lower case.</summary>
    public string? Sender { get; init; }

    /// <summary>Words to be found, as in the search of messages.</summary>
    public string? Search { get; init; }
    public DateTimeOffset? ReceivedSince { get; init; }
    public DateTimeOffset? ReceivedUntil { get; init; }

    /// <summary>When it ends by itself; null: when it is released.</summary>
    public DateTimeOffset? EndsAt { get; init; }
    public required string PlacedBy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public string? ReleasedBy { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }
}
