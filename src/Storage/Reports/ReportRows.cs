using Platform.Engine.Verdicts;
using Platform.Storage.Model;

namespace Platform.Storage.Reports;

public enum ReportKind
{
    /// <summary>An attack that was taken for something else.</summary>
    Missed,

    /// <summary>An honest or wanted mail that was taken for an attack, or for unwanted.</summary>
    FalsePositive,
}

/// <summary>How a report came.</summary>
public enum ReportVia
{
    Api,

    /// <summary>A link of a digest.</summary>
    Link,

    /// <summary>The mail was forwarded to the tenant's report address (IN1).</summary>
    Mail,
}

public enum ReportState
{
    Waiting,
    Confirmed,
    Refused,
}

/// <summary>Somebody says that a verdict is wrong.</summary>
public sealed class ReportRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>The mail it is about; when that is not kept here, the mail that carried it.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The delivery that the person has, or was kept from; null when it is not kept here.</summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>Of the person; null when nobody's own.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>The mail that carried it.</summary>
    public Guid? CarrierId { get; init; }
    public required ReportKind Kind { get; init; }
    public required ReportVia Via { get; init; }
    public required string Comment { get; init; }

    /// <summary>At the time of the report; null: it could not be inspected.</summary>
    public VerdictKind? Verdict { get; init; }
    public required string ReportedBy { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required ReportState State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecisionNote { get; set; }

    /// <summary>Deliveries of the same mail that the decision held.</summary>
    public int Held { get; set; }

    /// <summary>Deliveries of the same mail that the decision released.</summary>
    public int Released { get; set; }

    /// <summary>The decision put the sender on a list of the tenant.</summary>
    public bool Listed { get; set; }
}

/// <summary>A mail to the report address that was read and answered, or passed over.</summary>
public sealed class ReportMailRow : ITenantOwned
{
    public required Guid MessageId { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary><c>answered</c>, or why not: <c>not-a-mailbox</c>, <c>not-authenticated</c>, <c>too-many</c>, <c>unreadable</c>.</summary>
    public required string Outcome { get; init; }
    public required DateTimeOffset DoneAt { get; init; }
}

/// <summary>What a person says a mail is, for the learned model (decision 0067).</summary>
public sealed class LearningLabelRow : ITenantOwned
{
    public required Guid MessageId { get; init; }
    public required Guid TenantId { get; init; }
    public required Engine.Learning.MailLabel Label { get; init; }

    /// <summary>The message carries the mail that is meant.</summary>
    public required bool IsCarrier { get; init; }
    public required DateTimeOffset LabelledAt { get; init; }
}
