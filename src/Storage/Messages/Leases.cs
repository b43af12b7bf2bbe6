using Platform.Engine;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Protection;
using Platform.Storage.Rules;
using Platform.Storage.Transport;

namespace Platform.Storage.Messages;

/// <summary>A message claimed for scanning. Its token fences: a worker that lost the lease finds every write refused.</summary>
/// <param name="Attempt">1 for the first; after <see cref="MaxAttempts"/> the message is held for a person.</param>
public sealed record ScanLease(Guid MessageId, Guid TenantId, Guid Token, int Attempt, IntakeMode Mode, Envelope Envelope, BodyReference Body, DateTimeOffset ReceivedAt, IReadOnlyList<DeliveryRef> Deliveries)
{
    public const int MaxAttempts = 3;

    /// <summary>The mailbox that submitted it, or that of MAIL FROM where a server of the tenant's own did; null: it came from elsewhere.</summary>
    public Guid? SenderMailboxId { get; init; }

    /// <summary>The server of the tenant's own that submitted it; null: none did.</summary>
    public Guid? ConnectorId { get; init; }
}

public sealed record DeliveryRef(Guid Id, string Recipient, Guid? MailboxId);

/// <summary>A verdict and, for each delivery, where policy sends it.</summary>
/// <param name="Context">The context snapshot the verdict was made with, kept beside it.</param>
public sealed record ScanOutcome(Verdict Verdict, ScanContext Context, IReadOnlyList<DeliveryDecision> Decisions)
{
    /// <summary>The mailbox of the author, of what a server of the tenant's own submitted; null: none.</summary>
    public Guid? AuthorMailboxId { get; init; }

    /// <summary>The mailbox that sends it is told by mail what waits.</summary>
    public bool TellsSender { get; init; }

    /// <summary>How much of it is protected for somebody to whom it goes, and so lies nowhere in the clear; null: nothing. What is stopped is shown to those who judge it.</summary>
    public ProtectedExtent? Hidden => Decisions
        .Where(decision => decision.To is not (DeliveryState.Quarantined or DeliveryState.Held or DeliveryState.Rejected))
        .Min(decision => decision.Form.Protect?.Extent);

    /// <summary>Copies that rules ask for; they go with the mail where it goes at all.</summary>
    public IReadOnlyList<NewCopy> Copies { get; init; } = [];

    /// <summary>The organisation that the greeting names, and to which the mail goes without a question; null: none.</summary>
    public OrganisationName? Greeted { get; init; }

    /// <summary>When it was asked whether attacks came from its recipients; null: it does not matter.</summary>
    public DateTimeOffset? RecipientsAskedAt { get; init; }
}

/// <param name="To">Queued, Quarantined, Held, Rejected or Inspected; of a mail with stages before it leaves, the state of the first.</param>
/// <param name="Tag">Header fields added on delivery because policy tags this verdict; null for none.</param>
public sealed record DeliveryDecision(Guid DeliveryId, DeliveryState To, string Action, string? Tag)
{
    /// <summary>Why, to be kept with the delivery.</summary>
    public DecisionRecord? Why { get; init; }

    /// <summary>What is left to do before it goes out; of what is held, the approvals that its release asks for.</summary>
    public SendPlan Plan { get; init; } = SendPlan.AtOnce;

    /// <summary>How it is changed when it leaves.</summary>
    public SendForm Form { get; init; } = SendForm.AsItIs;

    /// <summary>The plan is one of the state.</summary>
    public bool IsSound => To switch
    {
        _ when DeliveryMoves.IsStage(To) => Plan.State == To,
        DeliveryState.Quarantined or DeliveryState.Held => Plan.Stages.All(stage => stage is SendStage.Approve),
        _ => Plan.Current is null,
    };

    /// <summary>The same, after what is to be done before it goes out. Whoever releases what is held has decided in the place of its sender, and not in that of the approvers.</summary>
    public DeliveryDecision After(SendPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return To switch
        {
            DeliveryState.Queued => this with { To = plan.State, Plan = plan },
            DeliveryState.Quarantined or DeliveryState.Held => this with { Plan = plan.Approvals },
            _ => this,
        };
    }
}

/// <summary>A delivery claimed for the relay.</summary>
public sealed record RelayLease(
    Guid DeliveryId,
    Guid MessageId,
    Guid TenantId,
    Guid Token,
    int Attempt,
    DeliveryState State,
    string MailFrom,
    string Recipient,
    string? Notify,
    string? OriginalRecipient,
    string Prologue,
    string? Tag,
    SmtpParameters Smtp,
    BodyReference Body,
    DateTimeOffset ReceivedAt,
    DateTimeOffset QueuedAt)
{
    public IntakeMode Mode { get; init; }

    /// <summary>The mailbox that sends it; null: it came from elsewhere.</summary>
    public Guid? SenderMailboxId { get; init; }

    /// <summary>What sender authentication found, to be written into the message; empty when it was not done.</summary>
    public IReadOnlyList<MethodResult> Results { get; init; } = [];

    /// <summary>How it is changed when it leaves.</summary>
    public SendForm Form { get; init; } = SendForm.AsItIs;

    /// <summary>Bytes of the stored body, without prologue and tag.</summary>
    public long Size { get; init; }
}

/// <summary>How one relay attempt ended.</summary>
public abstract record RelayResult
{
    /// <summary>Tries at mail hosts outside, in their order; empty where the mail stays inside.</summary>
    public IReadOnlyList<TransportSession> Sessions { get; init; } = [];

    /// <param name="Response">The next hop's reply, bounded.</param>
    public sealed record Delivered(string NextHop, string Response) : RelayResult
    {
        /// <summary>A DSN to send in the same transaction because the sender asked with NOTIFY=SUCCESS (RFC 3461, 4.1); else null.</summary>
        public NewMessage? Notice { get; init; }
    }

    /// <param name="DueAt">When to try again.</param>
    public sealed record Deferred(string Status, string Response, DateTimeOffset DueAt) : RelayResult;

    /// <param name="Status">Enhanced status code, <c>5.1.1</c>.</param>
    /// <param name="Bounce">A DSN to send in the same transaction; null when none may be sent (null reverse-path, NOTIFY=NEVER).</param>
    public sealed record Failed(string Status, string Response, NewMessage? Bounce) : RelayResult;
}
