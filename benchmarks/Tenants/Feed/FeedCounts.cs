using System.Globalization;
using Platform.Benchmarks.Product;

namespace Platform.Benchmarks.Tenants.Feed;

/// <summary>What the platform itself says was told, by the query that integrators reconcile with.</summary>
internal static class FeedCounts
{
    private const string Query = "query($from: Date!, $to: Date!) { eventCounts(from: $from, to: $to) { kind count } }";

    public static async Task<long> TotalAsync(PlatformClient client, CancellationToken cancellationToken) => (await ReadAsync(client, cancellationToken)).Values.Sum();

    /// <summary>All that was queued is delivered, and as much was told as was to be.</summary>
    public static async Task<bool> AreSettledAsync(PlatformClient client, int events, CancellationToken cancellationToken)
    {
        var counts = await ReadAsync(client, cancellationToken);
        var queued = counts.GetValueOrDefault("delivery.queued");
        return counts.Values.Sum() >= events && queued > 0 && counts.GetValueOrDefault("delivery.delivered") == queued
            && counts.GetValueOrDefault("delivery.received") == queued + counts.GetValueOrDefault("delivery.quarantined") + counts.GetValueOrDefault("delivery.held") + counts.GetValueOrDefault("delivery.rejected");
    }

    // A run may cross midnight.
    private static async Task<Dictionary<string, long>> ReadAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var today = TimeProvider.System.GetUtcNow();
        var data = await client.QueryAsync(Query, new { from = Day(today.AddDays(-1)), to = Day(today) }, cancellationToken);
        return data.GetProperty("eventCounts").EnumerateArray()
            .GroupBy(count => count.GetProperty("kind").GetString()!, count => count.GetProperty("count").GetInt64())
            .ToDictionary(kind => kind.Key, kind => kind.Sum());
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
