using Platform.Engine;
using Platform.Storage.Bodies;
using Platform.Storage.Sending;

namespace Platform.Storage.Messages;

/// <summary>How the mail came in (IN1, IN2), or that we made it ourselves.</summary>
public enum IntakeMode
{
    Gateway,
    Journal,
    Import,

    /// <summary>A delivery status notification of ours: not scanned, its deliveries are Queued at once.</summary>
    Bounce,

    /// <summary>A system mail of ours (a digest, an invitation): likewise, and nobody is told when it cannot be delivered.</summary>
    Notice,

    /// <summary>A mail that somebody forwards to the tenant's report address: inspected, never relayed, answered with the verdict.</summary>
    Report,

    /// <summary>By submission, from a mailbox of the tenant to whom it names.</summary>
    Submission,
}

public static class IntakeModes
{
    /// <summary>For <c>mode IN (...)</c>: mail that people of the tenant get, from outside or from colleagues.</summary>
    internal const string ToPeople = $"'{nameof(IntakeMode.Gateway)}', '{nameof(IntakeMode.Submission)}'";

    /// <summary>Mail on its way to its recipients, and no copy of one.</summary>
    public static bool IsToPeople(this IntakeMode mode) => mode is IntakeMode.Gateway or IntakeMode.Submission;

    /// <summary>We wrote it ourselves: it needs no inspection, and may go outside of the tenant.</summary>
    public static bool IsOurs(this IntakeMode mode) => mode is IntakeMode.Bounce or IntakeMode.Notice;
}

/// <summary>One message of one tenant, sealed on disk, about to become rows.</summary>
/// <param name="Id">Version 7 UUID, made by the caller.</param>
/// <param name="Prologue">Trace header fields put before the stored body on delivery (our Received, Return-Path comes at delivery).</param>
public sealed record NewMessage(
    Guid Id,
    Guid TenantId,
    IntakeMode Mode,
    Envelope Envelope,
    SealedBody Body,
    string Prologue,
    DateTimeOffset ReceivedAt,
    IReadOnlyList<NewDelivery> Deliveries,
    SmtpParameters Smtp)
{
    /// <summary>When set, the accepting session scans at once and holds the first scan lease for this long.</summary>
    public TimeSpan? ScanLease { get; init; }

    /// <summary>The mailbox that submits it, or that of MAIL FROM where a server of the tenant's own does; null: it comes from elsewhere.</summary>
    public Guid? SenderMailboxId { get; init; }

    /// <summary>The server of the tenant's own that submits it; null: none does.</summary>
    public Guid? ConnectorId { get; init; }

    /// <summary>Accounts behind the login that submits it: whose token it is, or who made the password.</summary>
    public IReadOnlyList<Guid> SubmittedBy { get; init; } = [];

    /// <summary>Whose sending counts: the mailbox, else the server. Null: nobody's.</summary>
    public Guid? SenderId => Mode == IntakeMode.Submission ? SenderMailboxId ?? ConnectorId : null;

    /// <summary>The counts by which its sending was let through; each must still hold when it is accepted.</summary>
    public IReadOnlyList<SendPermit> Permits { get; init; } = [];
}

/// <param name="Recipient">Forward-path address as given, to deliver to.</param>
/// <param name="MailboxId">The directory's mailbox; null for a journal copy of an outside recipient.</param>
/// <param name="Notify">DSN NOTIFY (RFC 3461): null when not given, else for example <c>FAILURE,DELAY</c>.</param>
public sealed record NewDelivery(Guid Id, string Recipient, Guid? MailboxId, string? Notify, string? OriginalRecipient);

/// <summary>What must be passed on to the next hop (RFC 3461, 6152, 6531).</summary>
public sealed record SmtpParameters(bool EightBitMime, bool SmtpUtf8, string? Return, string? EnvelopeId, string? AuthenticatedAs = null)
{
    public static SmtpParameters None { get; } = new(false, false, null, null);
}
