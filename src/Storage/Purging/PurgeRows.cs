using Platform.Storage.Model;

namespace Platform.Storage.Purging;

/// <summary>A purge that somebody asked for, and in the end its receipt.</summary>
public sealed class PurgeRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>Who keeps the receipt: the tenant; of a whole tenant its MSP, or <see cref="PurgeOwners.Platform"/>.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Whose data goes.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>One of <see cref="PurgeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="PurgeStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>JSON array of the SHA-256 of each id, lower-case hex.</summary>
    public required string Items { get; set; }

    /// <summary>JSON of <see cref="PurgeCounts"/>.</summary>
    public required string Counts { get; set; }
    public required string Reason { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The signed receipt (JWS, RFC 7515); null until all is gone.</summary>
    public string? Receipt { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>
/// What is left to do outside of the database for a message whose rows are gone: its body file, its document in the index, the
/// memory of its sender. Written in the transaction that took the rows, so that a crash forgets nothing of it.
/// </summary>
public sealed class PurgeWorkRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Null: by retention.</summary>
    public Guid? PurgeId { get; init; }
    public required Guid MessageId { get; init; }
    public required string BodyName { get; init; }

    /// <summary>False: only the content is gone, what is known of the message stays.</summary>
    public required bool Whole { get; init; }

    /// <summary>Reverse-path of the message; goes with this row.</summary>
    public required string Sender { get; init; }

    /// <summary>JSON array of the mailboxes that may remember the sender.</summary>
    public required string Mailboxes { get; init; }

    /// <summary>The index must have come to this event before the document is taken out of it, or it could be put back.</summary>
    public required long AfterSequence { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public static class PurgeKinds
{
    public const string Messages = "messages";
    public const string Tenant = "tenant";
}

public static class PurgeStates
{
    /// <summary>The rows are gone or going; files, index and free pages are being seen to.</summary>
    public const string Running = "running";

    /// <summary>All is gone and the receipt is signed.</summary>
    public const string Done = "done";
}

public static class PurgeOwners
{
    /// <summary>Keeps the receipts of tenants that had no MSP.</summary>
    public static readonly Guid Platform = Guid.Empty;
}
