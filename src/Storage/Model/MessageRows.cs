using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;

namespace Platform.Storage.Model;

public enum ScanState
{
    Pending,
    Done,
    Abandoned,
}

/// <summary>One message of one tenant. Its state is the state of its deliveries.</summary>
public sealed class MessageRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required IntakeMode Mode { get; init; }
    public required MailDirection Direction { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string MailFrom { get; init; }
    public string? ClientAddress { get; init; }
    public string? ClientName { get; init; }
    public string? Helo { get; init; }

    /// <summary>The mailbox that submitted it, or whose address a server of the tenant's own gave as MAIL FROM; null: it came from elsewhere.</summary>
    public Guid? SenderMailboxId { get; init; }

    /// <summary>The server of the tenant's own that submitted it; null: none did.</summary>
    public Guid? ConnectorId { get; init; }

    /// <summary>The mailbox of the author in the header of what such a server submitted; null: none, or not inspected yet.</summary>
    public Guid? AuthorMailboxId { get; set; }

    /// <summary>Accounts behind the login that submitted it, as <see cref="Accounts.AccountIds"/>; null: none is known.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>JSON of <see cref="SmtpParameters"/>.</summary>
    public required string Smtp { get; init; }
    public required string Prologue { get; init; }
    public required string BodyName { get; set; }

    /// <summary>Null once purged.</summary>
    public byte[]? BodyKey { get; set; }
    public required long Size { get; init; }
    public required string Sha256 { get; init; }

    public ScanState ScanState { get; set; }
    public int ScanAttempts { get; set; }
    public Guid? ScanToken { get; set; }

    /// <summary>When the scan is due, or its lease ends.</summary>
    public DateTimeOffset ScanDueAt { get; set; }

    public VerdictKind? Verdict { get; set; }
    public AttackType? AttackType { get; set; }
    public int? Score { get; set; }
    public string? MessageIdHeader { get; set; }
    public string? Subject { get; set; }
    public string? FromAddress { get; set; }
    public string? FromName { get; set; }
    public string? OriginAddress { get; set; }
    public string? OriginCountry { get; set; }

    /// <summary>The whole <see cref="Verdict"/> without its search text, JSON.</summary>
    public string? VerdictJson { get; set; }

    /// <summary>The context snapshot of the verdict, JSON.</summary>
    public string? ContextJson { get; set; }

    /// <summary>Why its risk was raised after it was delivered: <c>sender-stolen</c>; null: it was not.</summary>
    public string? Risk { get; set; }
    public DateTimeOffset? RiskAt { get; set; }
}

public sealed class DeliveryRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required string Recipient { get; init; }
    public Guid? MailboxId { get; init; }
    public string? Notify { get; init; }
    public string? OriginalRecipient { get; init; }
    public required DeliveryState State { get; set; }

    /// <summary>The policy action that led here: <c>deliver</c>, <c>tag</c>, <c>quarantine</c>, <c>reject</c>.</summary>
    public string? Action { get; set; }
    public string? Tag { get; set; }

    /// <summary>Why, JSON of <see cref="Rules.DecisionRecord"/>; null before the scan, and in rows of an older version.</summary>
    public string? DecisionJson { get; set; }

    /// <summary>The mailbox that sends it; of what a server of the tenant's own submitted for no mailbox, the author's. Null: it came from elsewhere.</summary>
    public Guid? SenderMailboxId { get; set; }

    /// <summary>What is left to do before it goes out, JSON of <see cref="Outgoing.SendPlan"/>; null: nothing. Of held mail, whose approval its release asks for.</summary>
    public string? PlanJson { get; set; }

    /// <summary>How it is changed when it leaves, JSON of <see cref="Outgoing.SendForm"/>; null: it is not.</summary>
    public string? FormJson { get; set; }
    public int Attempts { get; set; }
    public Guid? LeaseToken { get; set; }

    /// <summary>When work is due, its lease ends, or the stage it is in. Null: nothing to do.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? QueuedAt { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Last reply of the next hop or what went wrong; bounded.</summary>
    public string? LastStatus { get; set; }
    public string? ReleasedBy { get; set; }

    /// <summary>A copy that a sending rule asks for, to somebody whom the mail does not name; <see cref="DecisionJson"/> names the rule.</summary>
    public bool IsCopy { get; init; }
}

/// <summary>One event of the feed. (TenantId, Sequence) is unique and gapless, and so is (MspId, MspSequence) where the tenant had an MSP.</summary>
public sealed class EventRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required long Sequence { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? DeliveryId { get; init; }
    public required string Data { get; init; }

    /// <summary>The MSP of the tenant at the time of the event, in whose feed it stands; it keeps its place when the tenant moves on.</summary>
    public Guid? MspId { get; init; }
    public long? MspSequence { get; init; }

    /// <summary>As the message stood at the event; to filter by.</summary>
    public VerdictKind? Verdict { get; init; }
    public MailDirection? Direction { get; init; }
}

/// <summary>The row-locked counter behind <see cref="EventRow.Sequence"/>.</summary>
public sealed class FeedCounterRow : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required long LastSequence { get; set; }

    /// <summary>The MSP whose feed has the tenant's events too. Read under the counter's lock, so that each event goes to the MSP of its time.</summary>
    public Guid? MspId { get; set; }

    /// <summary>No later event of the feed is recorded before it.</summary>
    public DateTimeOffset LastRecordedAt { get; set; }

    /// <summary>Events up to this number are no longer kept.</summary>
    public long TrimmedThrough { get; set; }
}

/// <summary>The row-locked counter behind <see cref="EventRow.MspSequence"/>, locked after those of tenants.</summary>
public sealed class MspFeedCounterRow
{
    public required Guid MspId { get; init; }
    public required long LastSequence { get; set; }
    public DateTimeOffset LastRecordedAt { get; set; }
    public long TrimmedThrough { get; set; }
}

/// <summary>An import or diagnosis job (IN2).</summary>
public sealed class ImportRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string FileName { get; init; }

    /// <summary>The uploaded file, kept in the body store until the job ends.</summary>
    public required string BodyName { get; init; }

    /// <summary>Null once the job has ended and the file is deleted.</summary>
    public byte[]? BodyKey { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c>.</summary>
    public required string State { get; set; }
    public required int Total { get; set; }
    public required int Done { get; set; }
    public required int Failed { get; set; }
    public string? Error { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

/// <summary>The answer once given to an idempotency key, so that a repeated command acts once (API5).</summary>
public sealed class IdempotencyRow : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required string Key { get; init; }
    public required string RequestHash { get; init; }
    public required string Response { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
