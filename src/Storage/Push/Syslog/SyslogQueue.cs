using System.Text;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Syslog;

internal sealed class SyslogQueue(IMoveRunner moves, PushFeeds feeds, PushKeys keys) : ISyslogQueue
{
    private const int MaxError = 300;

    public async Task<IReadOnlyList<SyslogLease>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var claimed = await moves.RunAsync(
            async (session, ct) => await session.Sql.QueryAsync(
                $"""
                UPDATE syslog_targets SET lease_token = @token, lease_until = @until
                WHERE id IN (
                    SELECT id FROM syslog_targets WHERE state = 'Enabled' AND (lease_until IS NULL OR lease_until <= @now)
                    ORDER BY lease_until LIMIT @max{session.Dialect.SkipLocked})
                RETURNING {StoredSyslogTarget.Columns}, failures
                """,
                row => (Target: StoredSyslogTarget.Read(row), Failures: row.GetInt32(13)),
                ct,
                ("@token", token),
                ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
                ("@now", session.NowMilliseconds),
                ("@max", (long)max)),
            cancellationToken);
        var leases = new List<SyslogLease>(claimed.Count);
        foreach (var (target, failures) in claimed)
        {
            var certificate = target.ClientCertificate is { } stored
                ? Encoding.UTF8.GetString(await keys.OpenAsync(target.Owner, SyslogCommands.CertificateLabel(target.Id), stored, cancellationToken))
                : null;
            leases.Add(new SyslogLease(
                target.Id, target.Owner, token, target.Host, target.Port, target.Format, target.Facility, target.Kinds, target.TrustedRoots, certificate, target.Position, failures));
        }

        return leases;
    }

    public async Task<SyslogEvents> ReadAsync(SyslogLease lease, long position, int count, CancellationToken cancellationToken)
    {
        var page = await feeds.ReadAsync(lease.Owner, position, count, cancellationToken);
        var filter = EventKindFilter.Read(lease.Kinds);
        return new SyslogEvents([.. page.Events.Where(entry => filter.Takes(entry.Kind))], page.Events.Count > 0 ? page.Events[^1].Sequence : position);
    }

    public Task<bool> KeepAsync(SyslogLease lease, long position, TimeSpan time, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            """
            UPDATE syslog_targets SET position = @position, lease_until = @until, failures = 0, connected_since = COALESCE(connected_since, @now)
            WHERE id = @id AND lease_token = @token AND state = 'Enabled'
            """,
            ct,
            ("@position", position),
            ("@until", (session.Now + time).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@id", lease.TargetId),
            ("@token", lease.Token)) == 1,
        cancellationToken);

    public Task ReturnAsync(SyslogLease lease, long position, string? error, DateTimeOffset dueAt, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            """
            UPDATE syslog_targets SET position = @position, lease_token = NULL, lease_until = @due, connected_since = NULL,
                failures = failures + @failed, last_error = COALESCE(@error, last_error)
            WHERE id = @id AND lease_token = @token
            """,
            ct,
            ("@position", position),
            ("@due", dueAt.ToUnixTimeMilliseconds()),
            ("@failed", error is null ? 0 : 1),
            ("@error", error is null ? null : SafeText.Clean(error, MaxError)),
            ("@id", lease.TargetId),
            ("@token", lease.Token)),
        cancellationToken);
}
