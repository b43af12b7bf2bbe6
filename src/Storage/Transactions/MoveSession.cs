using Platform.Storage.Audit;

namespace Platform.Storage.Transactions;

/// <summary>One move in progress. It changes rows first and numbers its events last, so that the tenant's counter is locked for the shortest time and always after rows.</summary>
internal sealed class MoveSession(SqlSession sql, SqlDialect dialect, DateTimeOffset now)
{
    private readonly List<PendingEvent> _events = [];
    private readonly List<PendingAudit> _audits = [];
    private readonly List<Action> _afterCommit = [];

    public SqlSession Sql => sql;

    public SqlDialect Dialect => dialect;

    /// <summary>When the move is recorded.</summary>
    public DateTimeOffset Now => now;

    public long NowMilliseconds { get; } = now.ToUnixTimeMilliseconds();

    public void Record(PendingEvent entry) => _events.Add(entry);

    public void Record(PendingAudit entry) => _audits.Add(entry);

    /// <summary>Runs once the move is durable; must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Numbers and writes events and audit entries. Tenants in order of id, so that two moves cannot wait for each other.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_events.Count == 0 && _audits.Count == 0)
            return;
        foreach (var tenant in _events.Select(e => e.TenantId).Concat(_audits.Select(a => a.TenantId)).Distinct().Order())
        {
            var events = _events.FindAll(e => e.TenantId == tenant);
            // An owner without a feed (an MSP, the platform) has an audit chain all the same; the lock of what was changed orders it.
            if (await AdvanceCounterAsync(tenant, events.Count, cancellationToken) is not { } next)
                next = events.Count == 0 ? 0 : throw new InvalidOperationException("The tenant has no event counter.");
            foreach (var entry in events)
                await InsertAsync(entry, next++, cancellationToken);
            foreach (var entry in _audits.Where(a => a.TenantId == tenant))
                await AuditChain.AppendAsync(this, entry, cancellationToken);
        }
    }

    public void Committed()
    {
        foreach (var action in _afterCommit)
            action();
    }

    /// <summary>Locks the tenant's counter until the commit. Returns the first number taken; null when there is no counter.</summary>
    private async ValueTask<long?> AdvanceCounterAsync(Guid tenantId, int count, CancellationToken cancellationToken)
    {
        var last = await sql.FirstAsync(
            "UPDATE feed_counters SET last_sequence = last_sequence + @count WHERE tenant_id = @tenant RETURNING last_sequence",
            row => (long?)row.GetInt64(0),
            cancellationToken,
            ("@count", (long)count),
            ("@tenant", tenantId));
        return last - count + 1;
    }

    private ValueTask<int> InsertAsync(PendingEvent entry, long sequence, CancellationToken cancellationToken) => sql.ExecuteAsync(
        """
        INSERT INTO events (id, tenant_id, sequence, kind, occurred_at, recorded_at, message_id, delivery_id, data)
        VALUES (@id, @tenant, @sequence, @kind, @occurred, @recorded, @message, @delivery, @data)
        """,
        cancellationToken,
        ("@id", Guid.CreateVersion7(now)),
        ("@tenant", entry.TenantId),
        ("@sequence", sequence),
        ("@kind", entry.Kind),
        ("@occurred", entry.OccurredAt.ToUnixTimeMilliseconds()),
        ("@recorded", NowMilliseconds),
        ("@message", entry.MessageId),
        ("@delivery", entry.DeliveryId),
        ("@data", entry.Data));
}

internal sealed record PendingEvent(Guid TenantId, string Kind, DateTimeOffset OccurredAt, Guid? MessageId, Guid? DeliveryId, string Data);

internal sealed record PendingAudit(Guid TenantId, string Actor, string Action, string Target, string Detail);
