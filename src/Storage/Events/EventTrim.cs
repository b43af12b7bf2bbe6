using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Events;

/// <summary>
/// Drops events older than they are kept, by whole UTC days. What goes is written into the counters first, those of MSPs before those
/// of tenants, and only then deleted: a reader is told <c>CURSOR_EXPIRED</c> before anything could be missing.
/// </summary>
internal sealed class EventTrim(IMoveRunner moves, IReadConnections reads, StorageSettings settings, TimeProvider time)
{
    private const int BatchSize = 1_000;

    /// <returns>Events deleted.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var before = new DateTimeOffset((time.GetUtcNow() - settings.EventRetention).UtcDateTime.Date, TimeSpan.Zero);
        await using var sql = await reads.OpenAsync(cancellationToken);
        var trimmed = new List<(FeedId Feed, long Through)>();
        foreach (var msp in await sql.QueryAsync("SELECT msp_id FROM msp_feed_counters", row => FeedId.OfMsp(row.GetGuid(0)), cancellationToken))
            trimmed.Add((msp, await MarkAsync(sql, msp, before, cancellationToken)));
        foreach (var tenant in await sql.QueryAsync("SELECT tenant_id FROM feed_counters", row => FeedId.OfTenant(row.GetGuid(0)), cancellationToken))
            trimmed.Add((tenant, await MarkAsync(sql, tenant, before, cancellationToken)));

        // By MSPs as well: tenants that are gone have no counter any more, but may have left events in the feed of their MSP.
        var deleted = 0L;
        foreach (var (feed, through) in trimmed)
            deleted += await DeleteAsync(feed, through, cancellationToken);
        return deleted;
    }

    /// <returns>The number of the last event that is no longer kept.</returns>
    private async Task<long> MarkAsync(SqlSession sql, FeedId feed, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var state = await FeedPlaces.StateAsync(sql, feed, cancellationToken);
        var through = await FeedPlaces.BeforeAsync(sql, feed, state, before, cancellationToken);
        if (through > state.TrimmedThrough)
        {
            var names = FeedSql.Of(feed);
            await moves.RunAsync(
                (session, ct) => session.Sql.ExecuteAsync(
                    $"UPDATE {names.Counters} SET trimmed_through = @through WHERE {names.Owner} = @owner AND trimmed_through < @through",
                    ct,
                    ("@through", through),
                    ("@owner", feed.OwnerId)),
                cancellationToken);
        }

        return through;
    }

    /// <summary>In small moves, so that mail does not wait.</summary>
    private async Task<long> DeleteAsync(FeedId feed, long through, CancellationToken cancellationToken)
    {
        var names = FeedSql.Of(feed);
        var deleted = 0L;
        while (true)
        {
            var count = await moves.RunAsync(
                (session, ct) => session.Sql.ExecuteAsync(
                    $"""
                    DELETE FROM events WHERE {names.Owner} = @owner AND {names.Sequence} <= @through
                        AND {names.Sequence} < {BatchSize} + (SELECT MIN({names.Sequence}) FROM events WHERE {names.Owner} = @owner)
                    """,
                    ct,
                    ("@owner", feed.OwnerId),
                    ("@through", through)),
                cancellationToken);
            if (count == 0)
                return deleted;
            deleted += count;
        }
    }
}
