using System.Globalization;

namespace Platform.Benchmarks.Product;

/// <summary>What the product counts of itself at <c>/metrics</c>, in the text form of Prometheus.</summary>
internal sealed class ProductMetrics(Uri http) : IDisposable
{
    /// <summary>The page is kept for 300 ms by its exporter.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(400);

    private readonly HttpClient client = new() { BaseAddress = http };

    /// <summary>The sum of the counter's series whose labels hold the text; 0 when there is none yet.</summary>
    public async Task<long> SumAsync(string name, string label, CancellationToken cancellationToken)
    {
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return page.Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>The same when two readings in a row agree, so that what a request left running is counted too.</summary>
    public async Task<long> SettledAsync(string name, string label, CancellationToken cancellationToken)
    {
        for (var before = -1L; ;)
        {
            await Task.Delay(Kept, TimeProvider.System, cancellationToken);
            var now = await SumAsync(name, label, cancellationToken);
            if (now == before)
                return now;
            before = now;
        }
    }

    public void Dispose() => client.Dispose();
}
