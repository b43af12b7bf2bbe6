using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

/// <summary>Places of a feed by time. Recording times never run backwards along a feed, so a place is found by halving, with no index on times.</summary>
internal static class FeedPlaces
{
    /// <summary>How far the feed has come, and up to where it is no longer kept.</summary>
    public static ValueTask<FeedState> StateAsync(SqlSession sql, FeedId feed, CancellationToken cancellationToken)
    {
        var names = FeedSql.Of(feed);
        return sql.FirstAsync(
            $"SELECT last_sequence, trimmed_through FROM {names.Counters} WHERE {names.Owner} = @owner",
            row => new FeedState(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            ("@owner", feed.OwnerId));
    }

    /// <summary>The place behind which lie exactly the events recorded at <paramref name="time"/> or later.</summary>
    public static async ValueTask<long> BeforeAsync(SqlSession sql, FeedId feed, FeedState state, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var names = FeedSql.Of(feed);
        var milliseconds = time.ToUnixTimeMilliseconds();
        var (low, high) = (state.TrimmedThrough, state.Last);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (sequence, recorded) = await sql.FirstAsync(
                $"SELECT {names.Sequence}, recorded_at FROM events WHERE {names.Owner} = @owner AND {names.Sequence} > @middle AND {names.Sequence} <= @high ORDER BY {names.Sequence} LIMIT 1",
                row => (row.GetInt64(0), row.GetInt64(1)),
                cancellationToken,
                ("@owner", feed.OwnerId),
                ("@middle", middle),
                ("@high", high));
            if (sequence == 0 || recorded >= milliseconds)
                high = middle;
            else
                low = sequence;
        }

        return low;
    }
}

/// <param name="Last">The number of the newest event; 0 when there was none.</param>
/// <param name="TrimmedThrough">Events up to this number are no longer kept.</param>
internal readonly record struct FeedState(long Last, long TrimmedThrough);
