using System.Data.Common;
using System.Text;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

internal sealed class EventFeed(IReadConnections reads, FeedCursors cursors, FeedSignal signal, TimeProvider time) : IEventFeed
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>Events looked through for one filtered page; it may end before it is full, its cursor behind what was looked through.</summary>
    private const int MaxLookedThrough = 10_000;

    /// <summary>How soon an event of another process is noticed by who waits for it.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    public async Task<EventPage> ReadAsync(Scope scope, FeedId feed, string? after, int first, EventFilter filter, CancellationToken cancellationToken)
    {
        feed.Require(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        var size = Math.Min(first, IEventFeed.MaxPage);
        var asked = after is null ? (long?)null : cursors.Read(feed.OwnerId, after);
        await using var sql = await reads.OpenAsync(cancellationToken);
        while (true)
        {
            var state = await FeedPlaces.StateAsync(sql, feed, cancellationToken);
            var from = Check(asked, state);
            if (filter.Since is { } since)
                from = Math.Max(from, await FeedPlaces.BeforeAsync(sql, feed, state, since, cancellationToken));
            var until = filter.PassesOver ? Math.Min(state.Last, from + MaxLookedThrough) : state.Last;
            var events = until > from ? await QueryAsync(sql, feed, from, until, size + 1, filter, cancellationToken) : [];

            // Events trimmed between the two statements would be a silent gap.
            var whole = events.Count > 0 ? events[0].Sequence == from + 1 : until == from;
            if (whole || (await FeedPlaces.StateAsync(sql, feed, cancellationToken)).TrimmedThrough <= from)
                return Page(feed, events, size, until, state.Last);
        }
    }

    public async Task<string> EndAsync(Scope scope, FeedId feed, CancellationToken cancellationToken)
    {
        feed.Require(scope);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return cursors.Write(feed.OwnerId, (await FeedPlaces.StateAsync(sql, feed, cancellationToken)).Last);
    }

    public async Task WaitAsync(Scope scope, FeedId feed, string after, TimeSpan limit, CancellationToken cancellationToken)
    {
        feed.Require(scope);
        var from = cursors.Read(feed.OwnerId, after);
        var started = time.GetTimestamp();
        while (true)
        {
            var next = signal.NextAsync(feed.OwnerId);
            await using (var sql = await reads.OpenAsync(cancellationToken))
            {
                if ((await FeedPlaces.StateAsync(sql, feed, cancellationToken)).Last > from)
                    return;
            }

            var left = limit - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return;
            try
            {
                await next.WaitAsync(left < Poll ? left : Poll, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Another process may have written.
            }
        }
    }

    public async Task<IReadOnlyList<EventCount>> CountAsync(Scope scope, FeedId feed, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        feed.Require(scope);
        var names = FeedSql.Of(feed);
        await using var sql = await reads.OpenAsync(cancellationToken);
        var state = await FeedPlaces.StateAsync(sql, feed, cancellationToken);
        return await sql.QueryAsync(
            $"""
            SELECT recorded_at / {MillisecondsPerDay}, kind, COUNT(*) FROM events
            WHERE {names.Owner} = @owner AND {names.Sequence} > @from AND {names.Sequence} <= @to
            GROUP BY recorded_at / {MillisecondsPerDay}, kind ORDER BY 1, 2
            """,
            row => new EventCount(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0) * MillisecondsPerDay).UtcDateTime), row.GetString(1), row.GetInt64(2)),
            cancellationToken,
            ("@owner", feed.OwnerId),
            ("@from", await FeedPlaces.BeforeAsync(sql, feed, state, StartOf(from), cancellationToken)),
            ("@to", await FeedPlaces.BeforeAsync(sql, feed, state, StartOf(to.AddDays(1)), cancellationToken)));
    }

    /// <summary>A place after the end was never given out by this database (a back-up was put back); one before the oldest kept event would skip events.</summary>
    private static long Check(long? asked, FeedState state) => asked switch
    {
        null => state.TrimmedThrough,
        { } place when place > state.Last => throw FeedCursors.Invalid(),
        { } place when place < state.TrimmedThrough => throw FeedCursors.Expired(),
        { } place => place,
    };

    private EventPage Page(FeedId feed, List<FeedEvent> events, int size, long until, long last)
    {
        var more = events.Count > size;
        if (more)
            events.RemoveAt(size);
        var places = new string[events.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = cursors.Write(feed.OwnerId, events[i].Sequence);
        return more
            ? new EventPage(events, places, places[^1], true)
            : new EventPage(events, places, cursors.Write(feed.OwnerId, until), until < last);
    }

    private static ValueTask<List<FeedEvent>> QueryAsync(SqlSession sql, FeedId feed, long from, long until, int limit, EventFilter filter, CancellationToken cancellationToken)
    {
        var names = FeedSql.Of(feed);
        var where = new StringBuilder();
        List<(string, object?)> parameters = [("@owner", feed.OwnerId), ("@from", from), ("@until", until), ("@limit", (long)limit)];
        In("kind", [.. filter.Kinds]);
        In("verdict", [.. filter.Verdicts.Select(verdict => verdict.ToString())]);
        if (filter.Direction is { } direction)
            In("direction", [direction.ToString()]);
        if (filter.Mailbox is { } mailbox)
        {
            where.Append(" AND EXISTS (SELECT 1 FROM deliveries d WHERE d.id = events.delivery_id AND lower(d.recipient) = @mailbox)");
            parameters.Add(("@mailbox", mailbox.ToLowerInvariant()));
        }

        return sql.QueryAsync(
            $"""
            SELECT id, tenant_id, {names.Sequence}, kind, occurred_at, recorded_at, message_id, delivery_id, data FROM events
            WHERE {names.Owner} = @owner AND {names.Sequence} > @from AND {names.Sequence} <= @until{where} ORDER BY {names.Sequence} LIMIT @limit
            """,
            Read,
            cancellationToken,
            [.. parameters]);

        void In(string column, string[] values)
        {
            if (values.Length == 0)
                return;
            where.Append(" AND ").Append(column).Append(" IN (").AppendJoin(", ", values.Select((_, i) => $"@{column}{i}")).Append(')');
            parameters.AddRange(values.Select((value, i) => ($"@{column}{i}", (object?)value)));
        }
    }

    private static FeedEvent Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetInt64(2),
        row.GetString(3),
        row.Time(4),
        row.Time(5),
        row.Id(6),
        row.Id(7),
        row.GetFieldValue<byte[]>(8));

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
