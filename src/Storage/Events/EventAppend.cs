using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

/// <summary>
/// The one place where events become rows, last in their move. Counters are locked in one order, those of tenants by id, then those of
/// MSPs by id, and stay locked until the commit: commit order is number order in every feed, and two moves never wait for each other.
/// </summary>
internal static class EventAppend
{
    /// <param name="locked">
    /// Further owners whose counter is to be locked: it orders their audit chain, too. One without a feed (an MSP, the platform) has a
    /// chain all the same; the lock of what was changed orders that.
    /// </param>
    /// <returns>The owners of the feeds that have something new.</returns>
    public static async ValueTask<IReadOnlyCollection<Guid>> RunAsync(
        MoveSession session, IReadOnlyList<PendingEvent> events, IEnumerable<Guid> locked, CancellationToken cancellationToken)
    {
        var tenants = new SortedDictionary<Guid, Counter>();
        foreach (var tenant in events.Select(e => e.TenantId).Concat(locked).Distinct().Order())
        {
            var count = events.Count(e => e.TenantId == tenant);
            if (await AdvanceAsync(session, tenant, count, cancellationToken) is { } counter)
                tenants.Add(tenant, counter);
            else if (count > 0)
                throw new InvalidOperationException("The tenant has no event counter.");
        }

        var msps = new SortedDictionary<Guid, Counter>();
        foreach (var group in events.Select(e => tenants[e.TenantId]).Where(t => t.MspId is not null).GroupBy(t => t.MspId!.Value).OrderBy(g => g.Key))
            msps.Add(group.Key, await AdvanceMspAsync(session, group.Key, group.Count(), group.Max(t => t.RecordedAt), cancellationToken));

        foreach (var entry in events)
        {
            var tenant = tenants[entry.TenantId];
            var msp = tenant.MspId is { } id ? msps[id] : null;
            await InsertAsync(session, entry, tenant.Next++, tenant.MspId, msp is null ? null : msp.Next++, msp?.RecordedAt ?? tenant.RecordedAt, cancellationToken);
        }

        return [.. events.Select(e => e.TenantId).Distinct(), .. msps.Keys];
    }

    private static ValueTask<Counter?> AdvanceAsync(MoveSession session, Guid tenantId, int count, CancellationToken cancellationToken) =>
        session.Sql.FirstAsync(
            """
            UPDATE feed_counters SET last_sequence = last_sequence + @count, last_recorded_at = CASE WHEN last_recorded_at > @now THEN last_recorded_at ELSE @now END
            WHERE tenant_id = @tenant RETURNING last_sequence, last_recorded_at, msp_id
            """,
            row => new Counter(row.GetInt64(0) - count + 1, row.GetInt64(1), row.Id(2)),
            cancellationToken,
            ("@count", (long)count),
            ("@now", session.NowMilliseconds),
            ("@tenant", tenantId));

    private static async ValueTask<Counter> AdvanceMspAsync(MoveSession session, Guid mspId, int count, long recordedAt, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync(
            """
            UPDATE msp_feed_counters SET last_sequence = last_sequence + @count, last_recorded_at = CASE WHEN last_recorded_at > @now THEN last_recorded_at ELSE @now END
            WHERE msp_id = @msp RETURNING last_sequence, last_recorded_at
            """,
            row => new Counter(row.GetInt64(0) - count + 1, row.GetInt64(1), null),
            cancellationToken,
            ("@count", (long)count),
            ("@now", recordedAt),
            ("@msp", mspId))
        ?? throw new InvalidOperationException("The MSP has no event counter.");

    private static ValueTask<int> InsertAsync(
        MoveSession session, PendingEvent entry, long sequence, Guid? mspId, long? mspSequence, long recordedAt, CancellationToken cancellationToken) =>
        session.Sql.ExecuteAsync(
            """
            INSERT INTO events (id, tenant_id, sequence, msp_id, msp_sequence, kind, occurred_at, recorded_at, message_id, delivery_id, verdict, direction, data)
            VALUES (@id, @tenant, @sequence, @msp, @mspSequence, @kind, @occurred, @recorded, @message, @delivery, @verdict, @direction, @data)
            """,
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", entry.TenantId),
            ("@sequence", sequence),
            ("@msp", mspId),
            ("@mspSequence", mspSequence),
            ("@kind", entry.Kind),
            ("@occurred", entry.OccurredAt.ToUnixTimeMilliseconds()),
            ("@recorded", recordedAt),
            ("@message", entry.MessageId),
            ("@delivery", entry.DeliveryId),
            ("@verdict", entry.Verdict?.ToString()),
            ("@direction", entry.Direction?.ToString()),
            ("@data", entry.Data));

    private sealed class Counter(long next, long recordedAt, Guid? mspId)
    {
        public long Next { get; set; } = next;

        public long RecordedAt { get; } = recordedAt;

        public Guid? MspId { get; } = mspId;
    }
}
