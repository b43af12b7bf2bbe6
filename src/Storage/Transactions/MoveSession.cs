using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Audit;
using Platform.Storage.Events;

namespace Platform.Storage.Transactions;

/// <summary>One move in progress. It changes rows first and numbers its events last, so that the counters are locked for the shortest time and always after rows.</summary>
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

    /// <summary>Owners of the feeds that have something new once the move is committed.</summary>
    public IReadOnlyCollection<Guid> Feeds { get; private set; } = [];

    public void Record(PendingEvent entry) => _events.Add(entry);

    public void Record(PendingAudit entry) => _audits.Add(entry);

    /// <summary>Runs once the move is durable; must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Numbers and writes events and audit entries.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_events.Count == 0 && _audits.Count == 0)
            return;
        Feeds = await EventAppend.RunAsync(this, _events, _audits.Select(a => a.OwnerId), cancellationToken);
        foreach (var entry in _audits.OrderBy(a => a.OwnerId))
            await AuditChain.AppendAsync(this, entry, cancellationToken);
    }

    public void Committed()
    {
        foreach (var action in _afterCommit)
            action();
    }
}

internal sealed record PendingEvent(Guid TenantId, string Kind, DateTimeOffset OccurredAt, Guid? MessageId, Guid? DeliveryId, string Data)
{
    /// <summary>As the message stands at the event; to filter by.</summary>
    public VerdictKind? Verdict { get; init; }

    public MailDirection? Direction { get; init; }
}

/// <param name="OwnerId">Whose chain: a tenant's, or an MSP's for what an MSP does above its tenants.</param>
internal sealed record PendingAudit(Guid OwnerId, string Actor, string Action, string Target, string Detail)
{
    /// <summary>The message the entry is about: a purge of it erases the entry's personal fields.</summary>
    public Guid? MessageId { get; init; }
}
