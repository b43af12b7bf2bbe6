using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Purging;

/// <summary>Purges that a person or program asks for (QUA3): nothing of the mail stays, and a signed receipt says so.</summary>
public interface IPurges
{
    /// <summary>
    /// Purges messages of one tenant, all or none. Keys and rows are gone when this returns; files, index and free pages follow, and
    /// then the receipt is signed.
    /// </summary>
    /// <returns>Id of the purge; else <c>NOT_FOUND</c>, <c>LEGAL_HOLD</c>, <c>MESSAGE_IN_PROGRESS</c> or <c>BAD_USER_INPUT</c>.</returns>
    Task<CommandResult<Guid>> PurgeMessagesAsync(Scope scope, Guid tenantId, IReadOnlyList<Guid> messageIds, string reason, CancellationToken cancellationToken);
}

/// <summary>The part of a purge that lies outside of the database's rows; run by a worker, repeated harmlessly.</summary>
public interface IPurgeCompletion
{
    /// <returns>False when nothing waits, or what waits cannot be done yet.</returns>
    Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Returns when a purge was asked for in this process, or after <paramref name="poll"/>.</summary>
    Task WaitAsync(TimeSpan poll, CancellationToken cancellationToken);
}

/// <summary>Whoever remembers senders beside the rows.</summary>
public interface ISenderMemory
{
    /// <summary>Mailboxes that hold no mail of the sender any more forget it.</summary>
    Task ForgetAsync(IReadOnlyList<Guid> mailboxIds, string sender, CancellationToken cancellationToken);

    /// <summary>Mailboxes that are gone forget everything.</summary>
    Task EraseAsync(IReadOnlyList<Guid> mailboxIds, CancellationToken cancellationToken);

    /// <summary>What was forgotten is gone from the files too.</summary>
    Task ScrubAsync(CancellationToken cancellationToken);
}

/// <summary>For a store without grains.</summary>
internal sealed class NoSenderMemory : ISenderMemory
{
    public Task ForgetAsync(IReadOnlyList<Guid> mailboxIds, string sender, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EraseAsync(IReadOnlyList<Guid> mailboxIds, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ScrubAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
