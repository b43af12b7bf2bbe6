using Platform.Storage.Events;

namespace Platform.Storage.Push.Syslog;

/// <summary>The work of syslog targets. Any number of processes may ask; each target is held by one at a time.</summary>
public interface ISyslogQueue
{
    /// <summary>Claims targets that nobody holds and whose next try is due.</summary>
    Task<IReadOnlyList<SyslogLease>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Events behind a place that the target wants, and the place behind all that was looked at.</summary>
    Task<SyslogEvents> ReadAsync(SyslogLease lease, long position, int count, CancellationToken cancellationToken);

    /// <summary>Writes what has arrived, that the connection stands, and renews the lease.</summary>
    /// <returns>False: the lease was lost, or the target was changed: the connection is to be ended.</returns>
    Task<bool> KeepAsync(SyslogLease lease, long position, TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Gives the target back.</summary>
    /// <param name="position">What is known to have arrived.</param>
    /// <param name="error">Why the connection broke; null: the process stops.</param>
    /// <param name="dueAt">When the next try is due.</param>
    Task ReturnAsync(SyslogLease lease, long position, string? error, DateTimeOffset dueAt, CancellationToken cancellationToken);
}

/// <param name="TrustedRoots">PEM; null: those of the system.</param>
/// <param name="ClientCertificate">Certificate and key in PEM, in clear.</param>
/// <param name="Failures">Connections in a row that failed.</param>
public sealed record SyslogLease(
    Guid TargetId, PushOwner Owner, Guid Token, string Host, int Port, SyslogFormat Format, int Facility, string Kinds, string? TrustedRoots, string? ClientCertificate, long Position, int Failures)
{
    /// <summary>Without the key, so that no log shows it.</summary>
    public override string ToString() => TargetId.ToString();
}

/// <param name="Through">Number of the last event looked at.</param>
public sealed record SyslogEvents(IReadOnlyList<FeedEvent> Events, long Through);
