using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Events;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Search;

/// <summary>
/// Follows each tenant's events and keeps the index up to them. A tenant of which the index knows nothing is filled from its
/// message rows, so that a lost index comes back whole however short the events are kept. Indexing twice is harmless,
/// so a stop at any moment loses nothing.
/// </summary>
internal sealed partial class SearchProjection(
    IMessageSearch search,
    SearchSource source,
    IReadConnections reads,
    StorageReadiness ready,
    TimeProvider time,
    ILogger<SearchProjection> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Events after which a message has something new to find: its verdict came, or it was given up.</summary>
    private static readonly string Telling =
        string.Join(", ", new[] { EventKinds.Queued, EventKinds.Quarantined, EventKinds.Held, EventKinds.Rejected, EventKinds.Inspected, EventKinds.Waiting, EventKinds.AwaitingConfirmation, EventKinds.AwaitingApproval }.Select(kind => $"'{kind}'"));

    private readonly Dictionary<Guid, long> _positions = [];

    /// <summary>Brings the index up to the events of now.</summary>
    /// <returns>Messages indexed.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var indexed = 0;
        foreach (var (tenant, last, trimmed) in await sql.QueryAsync("SELECT tenant_id, last_sequence, trimmed_through FROM feed_counters", row => (row.GetGuid(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken))
        {
            if (!_positions.TryGetValue(tenant, out var position))
                position = await search.PositionAsync(tenant, cancellationToken);
            // What it stood still for longer than events are kept is in the rows.
            if (position == 0 || position < trimmed)
                indexed += await FillAsync(sql, tenant, last, cancellationToken);
            else if (position < last)
                indexed += await FollowAsync(sql, tenant, position, last, cancellationToken);
            _positions[tenant] = last;
        }

        return indexed;
    }

    /// <summary>Empties the index; the next run fills it from the rows.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken)
    {
        await search.ResetAsync(cancellationToken);
        _positions.Clear();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.Prepared.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _positions.Clear();
                pause = PauseAfterFailure;
                Failed(exception);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task<int> FillAsync(SqlSession sql, Guid tenant, long last, CancellationToken cancellationToken)
    {
        var count = 0;
        var after = Guid.Empty;
        while (await SearchSource.ScannedAsync(sql, tenant, after, BatchSize, cancellationToken) is { Count: > 0 } messages)
        {
            await IndexAsync(sql, tenant, messages, last, cancellationToken);
            count += messages.Count;
            after = messages[^1];
        }

        await search.AdvanceAsync(tenant, last, cancellationToken);
        return count;
    }

    private async Task<int> FollowAsync(SqlSession sql, Guid tenant, long position, long last, CancellationToken cancellationToken)
    {
        var count = 0;
        while (position < last)
        {
            var until = Math.Min(position + BatchSize, last);
            var messages = await sql.QueryAsync(
                $"SELECT DISTINCT message_id FROM events WHERE tenant_id = @tenant AND sequence > @from AND sequence <= @until AND kind IN ({Telling}) AND message_id IS NOT NULL",
                row => row.GetGuid(0),
                cancellationToken,
                ("@tenant", tenant),
                ("@from", position),
                ("@until", until));
            await IndexAsync(sql, tenant, messages, until, cancellationToken);
            await search.AdvanceAsync(tenant, until, cancellationToken);
            count += messages.Count;
            position = until;
        }

        return count;
    }

    private async Task IndexAsync(SqlSession sql, Guid tenant, List<Guid> messages, long sequence, CancellationToken cancellationToken)
    {
        var documents = new List<SearchDocument>(messages.Count);
        foreach (var message in messages)
        {
            if (await source.ReadAsync(sql, tenant, message, sequence, cancellationToken) is { } document)
                documents.Add(document);
        }

        await search.IndexAsync(documents, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The search index could not be brought up to date; trying again")]
    private partial void Failed(Exception exception);
}
