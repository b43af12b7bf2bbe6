using System.Text.Json.Nodes;
using Platform.Storage.Events;
using Platform.Storage.Holds;
using Platform.Storage.Purging;
using Platform.Storage.Search;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Retention;

internal sealed class RetentionRuns(IMoveRunner moves, IReadConnections reads, IMessageSearch search, MessageErasure erasure, StorageSettings settings, PurgeSignal signal, TimeProvider time) : IRetentionRuns
{
    private const string Actor = "system:retention";
    private const int MaxDaysTold = 31;

    public async Task<RetentionRun?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        var tenant = await moves.RunAsync(
            async (session, ct) =>
            {
                await session.Sql.ExecuteAsync(
                    "INSERT INTO retention_runs (tenant_id, due_at, content, messages, held) SELECT id, @now, 0, 0, 0 FROM tenants WHERE id NOT IN (SELECT tenant_id FROM retention_runs) ON CONFLICT (tenant_id) DO NOTHING",
                    ct,
                    ("@now", session.NowMilliseconds));
                return await session.Sql.FirstAsync(
                    $"""
                    UPDATE retention_runs SET lease_token = @token, lease_until = @until, started_at = @now, ended_at = NULL, content = 0, messages = 0, held = 0
                    WHERE tenant_id IN (
                        SELECT tenant_id FROM retention_runs WHERE due_at <= @now AND (lease_until IS NULL OR lease_until <= @now)
                        ORDER BY due_at LIMIT 1{session.Dialect.SkipLocked})
                    RETURNING tenant_id
                    """,
                    row => (Guid?)row.GetGuid(0),
                    ct,
                    ("@token", token),
                    ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
                    ("@now", session.NowMilliseconds));
            },
            cancellationToken);
        if (tenant is not { } id)
            return null;
        await using var sql = await reads.OpenAsync(cancellationToken);
        return new RetentionRun(id, token, await RetentionRulesStore.ReadAsync(sql, id, settings.RetentionMaxDays, cancellationToken));
    }

    public async Task<RetentionRun?> StepAsync(RetentionRun run, int batch, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.IsOver)
            return null;
        var (kind, whole) = RetentionRun.Stages[run.Stage];
        var period = run.Policy.Periods[kind];
        var before = time.GetUtcNow().AddDays(-(whole ? period.Metadata.Days : period.Content.Days)).ToUnixTimeMilliseconds();
        await using var sql = await reads.OpenAsync(cancellationToken);
        var expired = await ExpiredMail.FindAsync(sql, run.TenantId, RetentionPolicy.VerdictsOf(kind), whole, before, run.Place, batch, time.GetUtcNow(), cancellationToken);
        var searched = expired.Count == 0 ? SearchedHolds.None : await SearchedHolds.AskAsync(reads, search, run.TenantId, [.. expired.Select(mail => mail.Id)], time.GetUtcNow(), cancellationToken);
        var after = await moves.RunAsync((session, ct) => ExpireAsync(session, run, expired, whole, searched, lease, ct), cancellationToken);
        if (after is null)
            return null;
        return expired.Count < batch ? after with { Stage = run.Stage + 1, Place = null } : after with { Place = (expired[^1].ReceivedAt, expired[^1].Id) };
    }

    public Task ReturnAsync(RetentionRun run, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "UPDATE retention_runs SET lease_token = NULL, lease_until = NULL WHERE tenant_id = @tenant AND lease_token = @token", ct, ("@tenant", run.TenantId), ("@token", run.Token)),
        cancellationToken);

    public Task EndAsync(RetentionRun run, TimeSpan until, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            var mine = await session.Sql.ExecuteAsync(
                "UPDATE retention_runs SET lease_token = NULL, lease_until = NULL, ended_at = @now, due_at = @due WHERE tenant_id = @tenant AND lease_token = @token",
                ct,
                ("@now", session.NowMilliseconds),
                ("@due", (session.Now + until).ToUnixTimeMilliseconds()),
                ("@tenant", run.TenantId),
                ("@token", run.Token));
            if (mine == 0 || run.Days.Count == 0)
                return false;
            var data = Told(run);
            session.Record(new PendingEvent(run.TenantId, EventKinds.RetentionPurged, session.Now, null, null, data));
            session.Record(new PendingAudit(run.TenantId, Actor, "retention.purge", run.TenantId.ToString(), data));
            return true;
        },
        cancellationToken);

    private async ValueTask<RetentionRun?> ExpireAsync(
        MoveSession session, RetentionRun run, IReadOnlyList<ExpiredMail> expired, bool whole, SearchedHolds searched, TimeSpan lease, CancellationToken cancellationToken)
    {
        var holds = await ActiveHolds.LoadAsync(session, run.TenantId, searched, cancellationToken);
        var days = new Dictionary<DateOnly, (int Content, int Messages)>(run.Days);
        var held = run.Held;
        // In order of id, as a purge takes them.
        foreach (var mail in expired.OrderBy(mail => mail.Id))
        {
            var outcome = await erasure.EraseAsync(session, run.TenantId, mail.Id, whole, purgeId: null, holds, cancellationToken);
            if (outcome.Status == ErasureStatus.Held)
                held++;
            if (outcome.Status != ErasureStatus.Erased)
                continue;
            var (content, messages) = days.GetValueOrDefault(mail.Day);
            days[mail.Day] = whole ? (content, messages + 1) : (content + 1, messages);
        }

        var after = run with { Days = days, Held = held };
        var mine = await session.Sql.ExecuteAsync(
            "UPDATE retention_runs SET lease_until = @until, content = @content, messages = @messages, held = @held WHERE tenant_id = @tenant AND lease_token = @token",
            cancellationToken,
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@content", after.Content),
            ("@messages", after.Messages),
            ("@held", held),
            ("@tenant", run.TenantId),
            ("@token", run.Token));
        if (mine == 0)
            throw new RetentionLeaseLostException();
        session.AfterCommit(signal.PurgeReady);
        return after;
    }

    /// <summary>Counts by the day of receipt, the newest first.</summary>
    private static string Told(RetentionRun run) => new JsonObject
    {
        ["content"] = run.Content,
        ["messages"] = run.Messages,
        ["held"] = run.Held,
        ["days"] = new JsonObject
        {
            ["total"] = run.Days.Count,
            ["truncated"] = run.Days.Count > MaxDaysTold,
            ["items"] = new JsonArray([.. run.Days.OrderByDescending(day => day.Key).Take(MaxDaysTold).Select(day => new JsonObject
            {
                ["day"] = day.Key.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["content"] = day.Value.Content,
                ["messages"] = day.Value.Messages,
            })]),
        },
    }.ToJsonString();
}

/// <summary>Another worker has the tenant's run: nothing of the step was written.</summary>
public sealed class RetentionLeaseLostException() : Exception("Another worker has the run of retention.");
