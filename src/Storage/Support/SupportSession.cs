using System.Data.Common;
using Platform.Storage.Transactions;

namespace Platform.Storage.Support;

/// <summary>The statements on support access within one move.</summary>
internal sealed class SupportSession(MoveSession session)
{
    private const string Columns =
        "id, tenant_id, account_id, account_name, account_address, level, includes_content, reason, hours, state, requested_at, decided_at, decided_by, due_at, ended_at, ended_by";

    public DateTimeOffset Now => session.Now;

    public SqlSession Sql => session.Sql;

    public static ValueTask<List<SupportGrantRow>> OfAccountAsync(SqlSession sql, Guid accountId, int max, CancellationToken cancellationToken) => sql.QueryAsync(
        $"SELECT {Columns} FROM support_grants WHERE account_id = @account ORDER BY requested_at DESC, id DESC LIMIT @max", Read, cancellationToken, ("@account", accountId), ("@max", (long)max));

    /// <summary>Locked until the commit; null when there is none.</summary>
    public ValueTask<SupportGrantRow?> FindAsync(Guid id, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"SELECT {Columns} FROM support_grants WHERE id = @id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@id", id));

    public ValueTask<List<SupportGrantRow>> DueAsync(CancellationToken cancellationToken) => session.Sql.QueryAsync(
        $"SELECT {Columns} FROM support_grants WHERE due_at IS NOT NULL AND due_at <= @now ORDER BY due_at LIMIT 100{session.Dialect.SkipLocked}", Read, cancellationToken, ("@now", session.NowMilliseconds));

    /// <summary>Locks the tenant's counter first, so that two requests of one account are not made at once.</summary>
    public async ValueTask<bool> HasOpenAsync(Guid tenantId, Guid accountId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE feed_counters SET last_sequence = last_sequence WHERE tenant_id = @tenant", cancellationToken, ("@tenant", tenantId));
        return await session.Sql.FirstAsync(
            $"SELECT 1 FROM support_grants WHERE tenant_id = @tenant AND account_id = @account AND state IN ('{nameof(SupportState.Requested)}', '{nameof(SupportState.Granted)}')",
            _ => true,
            cancellationToken,
            ("@tenant", tenantId),
            ("@account", accountId));
    }

    public ValueTask<int> InsertAsync(SupportGrantRow grant, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO support_grants (id, tenant_id, account_id, account_name, account_address, level, includes_content, reason, hours, state, requested_at, due_at)
        VALUES (@id, @tenant, @account, @name, @address, @level, @content, @reason, @hours, @state, @requested, @due)
        """,
        cancellationToken,
        ("@id", grant.Id),
        ("@tenant", grant.TenantId),
        ("@account", grant.AccountId),
        ("@name", grant.AccountName),
        ("@address", grant.AccountAddress),
        ("@level", grant.Level.ToString()),
        ("@content", grant.IncludesContent),
        ("@reason", grant.Reason),
        ("@hours", grant.Hours),
        ("@state", grant.State.ToString()),
        ("@requested", grant.RequestedAt.ToUnixTimeMilliseconds()),
        ("@due", grant.DueAt?.ToUnixTimeMilliseconds()));

    public ValueTask<int> WriteAsync(SupportGrantRow grant, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        UPDATE support_grants SET includes_content = @content, hours = @hours, state = @state, decided_at = @decided, decided_by = @decider,
            due_at = @due, ended_at = @ended, ended_by = @ender
        WHERE id = @id
        """,
        cancellationToken,
        ("@content", grant.IncludesContent),
        ("@hours", grant.Hours),
        ("@state", grant.State.ToString()),
        ("@decided", grant.DecidedAt?.ToUnixTimeMilliseconds()),
        ("@decider", grant.DecidedBy),
        ("@due", grant.DueAt?.ToUnixTimeMilliseconds()),
        ("@ended", grant.EndedAt?.ToUnixTimeMilliseconds()),
        ("@ender", grant.EndedBy),
        ("@id", grant.Id));

    /// <param name="kind">Of the event; the audit entry's action, too.</param>
    public void Record(string actor, string kind, SupportGrantRow grant)
    {
        var data = SupportJson.Of(actor, grant);
        session.Record(new PendingEvent(grant.TenantId, kind, session.Now, null, null, data));
        session.Record(new PendingAudit(grant.TenantId, actor, kind, "support:" + grant.Id, data));
    }

    private static SupportGrantRow Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TenantId = row.GetGuid(1),
        AccountId = row.GetGuid(2),
        AccountName = row.GetString(3),
        AccountAddress = row.GetString(4),
        Level = row.Name<SupportLevel>(5),
        IncludesContent = row.GetBoolean(6),
        Reason = row.GetString(7),
        Hours = row.GetInt32(8),
        State = row.Name<SupportState>(9),
        RequestedAt = row.Time(10),
        DecidedAt = row.IsDBNull(11) ? null : row.Time(11),
        DecidedBy = row.Text(12),
        DueAt = row.IsDBNull(13) ? null : row.Time(13),
        EndedAt = row.IsDBNull(14) ? null : row.Time(14),
        EndedBy = row.Text(15),
    };
}
