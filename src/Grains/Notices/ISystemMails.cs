using Platform.Mails;

namespace Platform.Grains.Notices;

/// <summary>
/// Sends mails of the platform itself. Each is a message like any other: sealed on disk and queued before the call returns, relayed
/// by the tenant's route or to the outside, with an event for each move. They go out with the null reverse-path, so that what
/// becomes of them can never cause another mail (RFC 3834, 3.3).
/// </summary>
public interface ISystemMails
{
    Task<SystemMailOutcome> SendAsync(SystemMail mail, CancellationToken cancellationToken);
}

/// <param name="TenantId">In whose name and over whose route.</param>
/// <param name="Language">Of the reader; null: of the tenant.</param>
/// <param name="Unsubscribe">A page where such mails are turned off; null where none can be.</param>
/// <param name="InReplyTo">Message-ID of the mail that it answers.</param>
public sealed record SystemMail(Guid TenantId, string Recipient, IMailTemplate Template, string? Language = null, Uri? Unsubscribe = null, string? InReplyTo = null);

public enum SystemMailOutcome
{
    Queued,

    /// <summary>This address has had its share of the hour.</summary>
    TooMany,

    /// <summary>No such tenant, or no address that mail can be sent to.</summary>
    NoAddress,
}
