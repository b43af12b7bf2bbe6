using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Sending;

/// <summary>Mailboxes that send nothing for a while (OUT3): a limit was exceeded, so that the account may be stolen, or a person said so.</summary>
public interface ISendBlocks
{
    /// <summary>Until when the mailbox is blocked; null: it is not.</summary>
    Task<SendBlock?> FindAsync(Guid mailboxId, CancellationToken cancellationToken);

    /// <summary>When the latest block of the mailbox began, also one that has ended; null: there was none.</summary>
    Task<DateTimeOffset?> FindLatestAsync(Guid mailboxId, CancellationToken cancellationToken);

    /// <summary>
    /// Blocks a mailbox that exceeded a limit: what of it waits for the relay is held, what the policy says ends with the block, and its
    /// administrators and MSP are told. One that is blocked already stays so, and nobody is told again.
    /// </summary>
    /// <param name="limit">The limit that was exceeded: <c>hour.messages</c>.</param>
    /// <returns>When the block ends.</returns>
    Task<DateTimeOffset> ExceededAsync(Guid tenantId, Guid mailboxId, string limit, TimeSpan time, SendBlockEnds ends, CancellationToken cancellationToken);

    /// <summary>Tells, once an hour, that the mailboxes of a place reached a total, or a server of the tenant's own a limit.</summary>
    Task TotalReachedAsync(SendSubject place, string limit, CancellationToken cancellationToken);

    /// <summary>By a person. Of it and a block that is there the stricter holds: the later end with its reason, and all that ends with either.</summary>
    /// <param name="minutes">1 to <see cref="MaxMinutes"/>.</param>
    /// <returns>Codes: <c>NOT_FOUND</c>, <c>INVALID_DURATION</c>, <c>INVALID_REASON</c>.</returns>
    Task<CommandResult<Guid>> BlockAsync(Scope scope, Guid mailboxId, int minutes, string reason, SendBlockEnds ends, CancellationToken cancellationToken);

    /// <summary>Ends a block. What was sent before it counts towards no limit any more.</summary>
    /// <param name="release">Sends what was held because of the block.</param>
    /// <returns>Codes: <c>NOT_FOUND</c>, <c>NOT_BLOCKED</c>.</returns>
    Task<CommandResult<Guid>> UnblockAsync(Scope scope, Guid mailboxId, bool release, CancellationToken cancellationToken);

    /// <summary>Ends the blocks whose time has come, and forgets recipients of long ago.</summary>
    /// <returns>How many blocks ended.</returns>
    Task<int> ExpireAsync(CancellationToken cancellationToken);

    const int MaxMinutes = 30 * 24 * 60;
}

/// <param name="Reason">The limit that was exceeded, or a person's words.</param>
/// <param name="EndsSessions">Open sessions end.</param>
public sealed record SendBlock(DateTimeOffset Until, string Reason, bool EndsSessions)
{
    public DateTimeOffset Since { get; init; }
}
