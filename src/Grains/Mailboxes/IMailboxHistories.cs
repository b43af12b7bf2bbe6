using Platform.Engine;

namespace Platform.Grains.Mailboxes;

/// <summary>Histories as the flow of mail uses them: answered soon or not at all, so that no grain holds up a mail.</summary>
public interface IMailboxHistories
{
    /// <summary>
    /// What these mailboxes of one tenant know of a sender, together. <see cref="History.Unknown"/> when none answers in time.
    /// Of many recipients the first sixteen are asked.
    /// </summary>
    Task<History> HistoryOfAsync(IReadOnlyList<Guid> mailboxIds, string sender, CancellationToken cancellationToken);

    /// <summary>Tells mailboxes of a mail that was delivered or sent. Repeated calls count once; a failure is logged and passed over.</summary>
    Task RecordAsync(IReadOnlyList<Guid> mailboxIds, MailSeen mail, CancellationToken cancellationToken);
}
