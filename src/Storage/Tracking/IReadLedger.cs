using Platform.Engine.Tracking;

namespace Platform.Storage.Tracking;

/// <summary>The count of a message's opens, as its one writer keeps it: each open counts by one transaction, under the version that the writer knows.</summary>
public interface IReadLedger
{
    /// <summary>The count as it stands, with the opens counted since a time. Null: nothing of the message is tracked, or it is gone.</summary>
    Task<ReadHistory?> OpenAsync(Guid tenantId, Guid messageId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Counts a graded open, and tells the first by a person and powers of ten. One that was counted already is left alone.</summary>
    /// <exception cref="StaleReadsException">Somebody else counted since; nothing was written.</exception>
    Task CountAsync(Guid tenantId, Guid messageId, long version, OpenToCount open, CancellationToken cancellationToken);

    /// <summary>Takes out an open that is another one told twice.</summary>
    /// <exception cref="StaleReadsException">Somebody else counted since; nothing was written.</exception>
    Task DropAsync(Guid tenantId, Guid messageId, long version, Guid openId, CancellationToken cancellationToken);
}

/// <param name="Version">To count with.</param>
public sealed record ReadHistory(long Version, IReadOnlyList<CountedOpen> Counted);

/// <param name="NetworkKey">By <see cref="IOpenKeys"/>.</param>
/// <param name="AgentKey">By <see cref="IOpenKeys"/>.</param>
public sealed record CountedOpen(Guid Id, Guid DeliveryId, DateTimeOffset At, string Part, string NetworkKey, string AgentKey);

/// <param name="Country">Null: not known, or not to be kept.</param>
public sealed record OpenToCount(CountedOpen Open, OpenGrade Grade, string Reason, string? Country, string? Region, string? Network, Agent Agent);

/// <summary>The count was changed by somebody else; read it anew.</summary>
public sealed class StaleReadsException() : Exception("The count of the message's opens was changed by another.");
