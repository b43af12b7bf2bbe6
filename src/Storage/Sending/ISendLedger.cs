namespace Platform.Storage.Sending;

/// <summary>What was sent, as the spool knows it: the truth behind the counts in memory (OUT3).</summary>
public interface ISendLedger
{
    /// <summary>
    /// Begins a new count of a sender, under which alone its messages are accepted from now on, and gives what was accepted since a time. Whatever
    /// an older count let through and was not accepted yet, is not accepted any more.
    /// </summary>
    Task<SendHistory> OpenAsync(SendSubject subject, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether a count is still the latest of its sender: a person who unblocks it begins another.</summary>
    Task<bool> HoldsAsync(Guid subjectId, long epoch, CancellationToken cancellationToken);

    /// <summary>What was accepted since a time, oldest first, one for each second.</summary>
    Task<IReadOnlyList<SentCount>> SentAsync(SendSubject subject, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>How many of the recipients the mailbox, or the server of the tenant's own, never sent to.</summary>
    Task<int> CountNewAsync(Guid senderId, IReadOnlyCollection<string> recipients, CancellationToken cancellationToken);
}

public enum SendSubjectKind
{
    Mailbox,
    Group,
    Tenant,

    /// <summary>A server of the tenant's own, by what it hands over for no mailbox.</summary>
    Connector,
}

/// <summary>Whose sending is counted.</summary>
/// <param name="Id">Of the mailbox, group, tenant or connector.</param>
public sealed record SendSubject(Guid TenantId, SendSubjectKind Kind, Guid Id);

/// <param name="Sent">Oldest first, one for each second.</param>
public sealed record SendHistory(long Epoch, IReadOnlyList<SentCount> Sent);

/// <param name="At">Beginning of the second.</param>
/// <param name="Inside">Recipients within the tenant.</param>
/// <param name="Outside">Recipients outside of it.</param>
/// <param name="New">Recipients to whom the mailbox had never sent.</param>
public sealed record SentCount(DateTimeOffset At, int Messages, int Inside, int Outside, int New);

/// <summary>That a count let a message through.</summary>
/// <param name="SubjectId">Whose count.</param>
/// <param name="Epoch">Which of its counts.</param>
public sealed record SendPermit(Guid SubjectId, long Epoch)
{
    public SendSubjectKind Kind { get; init; }
}

/// <summary>A count that let the message through holds no more; nothing was written. Ask again.</summary>
public sealed class SendPermitException(Guid subjectId) : Exception("The count of the sender was begun anew.")
{
    public Guid SubjectId => subjectId;
}

/// <summary>The mailbox that sends is blocked; nothing was written.</summary>
public sealed class SendBlockedException(DateTimeOffset until) : Exception("The mailbox is blocked.")
{
    public DateTimeOffset Until => until;
}
