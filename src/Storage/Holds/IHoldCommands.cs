using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Holds;

/// <summary>Places and releases legal holds. Each is told in the feed and the audit log of its tenant.</summary>
public interface IHoldCommands
{
    /// <returns>Id of the hold; else <c>NOT_FOUND</c> or <c>BAD_USER_INPUT</c>.</returns>
    Task<CommandResult<Guid>> PlaceAsync(Scope scope, Guid tenantId, NewHold hold, CancellationToken cancellationToken);

    /// <summary>Released again is released.</summary>
    Task<CommandResult<Guid>> ReleaseAsync(Scope scope, Guid holdId, string reason, CancellationToken cancellationToken);
}

/// <summary>What is given must all hold of a message; nothing given covers all mail of the tenant.</summary>
public sealed record NewHold(string Name, string Reason)
{
    public Guid? MessageId { get; init; }
    public Guid? MailboxId { get; init; }

    /// <summary>What the sender's address or name contains.</summary>
    public string? Sender { get; init; }

    /// <summary>Words to be found, as in the search of messages.</summary>
    public string? Search { get; init; }
    public DateTimeOffset? ReceivedSince { get; init; }
    public DateTimeOffset? ReceivedUntil { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
