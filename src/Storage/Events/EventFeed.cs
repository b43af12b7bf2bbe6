using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

internal sealed class EventFeed(IReadConnections reads, FeedCursors cursors) : IEventFeed
{
    private const int MaxPage = 1_000;
    private const long MillisecondsPerDay = 86_400_000;

    public async Task<EventPage> ReadAsync(Scope scope, Guid tenantId, string? after, int first, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.EventsRead);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        var size = Math.Min(first, MaxPage);
        var from = after is null ? 0 : cursors.Read(tenantId, after);
        await using var sql = await reads.OpenAsync(cancellationToken);
        if (after is not null)
            await CheckPlaceAsync(sql, tenantId, from, cancellationToken);
        var events = await sql.QueryAsync(
            """
            SELECT id, sequence, kind, occurred_at, recorded_at, message_id, delivery_id, data FROM events
            WHERE tenant_id = @tenant AND sequence > @from ORDER BY sequence LIMIT @limit
            """,
            row => new FeedEvent(row.GetGuid(0), tenantId, row.GetInt64(1), row.GetString(2), row.Time(3), row.Time(4), row.Id(5), row.Id(6), row.GetString(7)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@from", from),
            ("@limit", (long)size + 1));
        var more = events.Count > size;
        if (more)
            events.RemoveAt(size);
        List<string> places = [.. events.Select(e => cursors.Write(tenantId, e.Sequence))];
        return new EventPage(events, places, places.LastOrDefault() ?? after ?? cursors.Write(tenantId, 0), more);
    }

    public async Task<IReadOnlyList<EventCount>> CountAsync(Scope scope, Guid tenantId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.EventsRead);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            """
            SELECT recorded_at / 86400000, kind, COUNT(*) FROM events
            WHERE tenant_id = @tenant AND recorded_at >= @from AND recorded_at < @to
            GROUP BY recorded_at / 86400000, kind ORDER BY 1, 2
            """,
            row => new EventCount(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0) * MillisecondsPerDay).UtcDateTime), row.GetString(1), row.GetInt64(2)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@from", Milliseconds(from)),
            ("@to", Milliseconds(to.AddDays(1))));
    }

    /// <summary>A place after the end was never given out by this database (a back-up was put back); one before the oldest kept event would skip events.</summary>
    private static async ValueTask CheckPlaceAsync(SqlSession sql, Guid tenantId, long from, CancellationToken cancellationToken)
    {
        var (last, oldest) = await sql.FirstAsync(
            "SELECT last_sequence, (SELECT MIN(sequence) FROM events WHERE tenant_id = @tenant) FROM feed_counters WHERE tenant_id = @tenant",
            row => (row.GetInt64(0), row.IsDBNull(1) ? row.GetInt64(0) + 1 : row.GetInt64(1)),
            cancellationToken,
            ("@tenant", tenantId));
        if (from > last)
            throw FeedCursors.Invalid();
        if (from < oldest - 1)
            throw new FeedCursorException("CURSOR_EXPIRED", "Events after this cursor are no longer kept; start again without a cursor, or from a newer one.");
    }

    private static long Milliseconds(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
