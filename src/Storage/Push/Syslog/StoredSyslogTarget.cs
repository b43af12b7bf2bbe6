using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Syslog;

/// <summary>A target's row inside a move.</summary>
internal sealed record StoredSyslogTarget(
    Guid Id, PushOwner Owner, string Host, int Port, SyslogFormat Format, int Facility, string Description, string Kinds, string? TrustedRoots, byte[]? ClientCertificate, SyslogState State, long Position)
{
    public const string Columns = "id, owner_id, of_msp, host, port, format, facility, description, kinds, trusted_roots, client_certificate, state, position";

    public static StoredSyslogTarget Read(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0),
        new PushOwner(row.GetGuid(1), row.GetBoolean(2)),
        row.GetString(3),
        row.GetInt32(4),
        row.Name<SyslogFormat>(5),
        row.GetInt32(6),
        row.GetString(7),
        row.GetString(8),
        row.Text(9),
        row.Bytes(10),
        row.Name<SyslogState>(11),
        row.GetInt64(12));

    /// <summary>Locked until the commit.</summary>
    public static async ValueTask<StoredSyslogTarget?> LockAsync(MoveSession session, Guid id, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync($"SELECT {Columns} FROM syslog_targets WHERE id = @id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@id", id));

    public async ValueTask InsertAsync(MoveSession session, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        $"""
        INSERT INTO syslog_targets ({Columns}, failures, created_at, created_by, changed_at, changed_by)
        VALUES (@id, @owner, @msp, @host, @port, @format, @facility, @description, @kinds, @roots, @certificate, @state, @position, 0, @now, @actor, @changed, @changer)
        """,
        cancellationToken,
        ("@id", Id),
        ("@owner", Owner.Id),
        ("@msp", Owner.IsMsp),
        ("@host", Host),
        ("@port", Port),
        ("@format", Format.ToString()),
        ("@facility", Facility),
        ("@description", SafeText.Clean(Description, int.MaxValue)),
        ("@kinds", Kinds),
        ("@roots", TrustedRoots),
        ("@certificate", ClientCertificate),
        ("@state", State.ToString()),
        ("@position", Position),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@changed", session.NowMilliseconds),
        ("@changer", actor));

    /// <summary>Takes the lease away too: who holds the connection ends it, and the next one is made by what holds now.</summary>
    public async ValueTask UpdateAsync(MoveSession session, string actor, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        UPDATE syslog_targets SET host = @host, port = @port, format = @format, facility = @facility, description = @description, kinds = @kinds,
            trusted_roots = @roots, client_certificate = @certificate, state = @state, lease_token = NULL, lease_until = NULL, failures = 0,
            connected_since = NULL, changed_at = @now, changed_by = @actor
        WHERE id = @id
        """,
        cancellationToken,
        ("@host", Host),
        ("@port", Port),
        ("@format", Format.ToString()),
        ("@facility", Facility),
        ("@description", SafeText.Clean(Description, int.MaxValue)),
        ("@kinds", Kinds),
        ("@roots", TrustedRoots),
        ("@certificate", ClientCertificate),
        ("@state", State.ToString()),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@id", Id));
}
