using System.Collections.Concurrent;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>How long a mail takes from its 250 to the recipient's Maildir, at 20 mails a second.</summary>
internal sealed class LatencyBench : IBench
{
    private const double MailsPerSecond = 20;
    private const double GoalSeconds = 2;
    private static readonly string[] Mailboxes = ["info@acme.test", "sales@acme.test", "keiri@acme.test"];

    public IReadOnlyList<string> Figures => ["latency-p95"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = (int)(MailsPerSecond * context.Scaled(60, 20));
        using var data = new TempFolder("latency");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var mails = new MailFactory("latency", context.RandomFor("latency"));
        await WarmUpAsync(product, client, mails, cancellationToken);

        using var arrivals = new Arrivals(Mailboxes.Select(m => Path.Combine(product.Delivered, m, "new")));
        ConcurrentDictionary<string, long> answered = new();
        var plan = new LoadPlan(product.Smtp, 4, Rate: MailsPerSecond)
        {
            Ended = record =>
            {
                if (record.Outcome == SendOutcome.Accepted)
                    answered[record.Mail.Id] = record.EndedAt;
            },
        };
        context.Progress.Say($"{count} mails at {MailsPerSecond} a second");
        var load = await new LoadGenerator(plan).RunAsync(count, _ => mails.Clean(10_000), cancellationToken);
        await Wait.UntilAsync(TimeSpan.FromSeconds(60), () => Task.FromResult(arrivals.Count >= load.AcceptedCount), cancellationToken);

        var arrived = arrivals.ByMessageId();
        var seconds = answered.Where(a => arrived.ContainsKey(a.Key))
            .Select(a => Math.Max(0, TimeProvider.System.GetElapsedTime(a.Value, arrived[a.Key]).TotalSeconds)).ToList();
        if (seconds.Count == 0)
            throw new InvalidOperationException($"no mail arrived ({load.Summary})");
        var p95 = Statistics.Percentile(seconds, 95);
        return
        [
            new Figure("latency-p95", Math.Round(p95, 3), "s", $"under {GoalSeconds:F0} s", p95 < GoalSeconds && seconds.Count == count)
            {
                Detail = $"{seconds.Count} of {count} arrived; median {Statistics.Median(seconds):F3} s, p99 {Statistics.Percentile(seconds, 99):F3} s, slowest {seconds.Max():F3} s",
            },
        ];
    }

    // The folders must be there to be watched, and the first mails pay for what is compiled on first use.
    private static async Task WarmUpAsync(RunningProduct product, PlatformClient client, MailFactory mails, CancellationToken cancellationToken)
    {
        var first = Enumerable.Range(0, 60).Select(i => mails.Clean(10_000, Mailboxes[i % Mailboxes.Length])).ToList();
        await new LoadGenerator(new LoadPlan(product.Smtp, 2, Rate: 20)).RunAsync(first.Count, i => first[i], cancellationToken);
        await Snapshot.SettledAsync(client, product.Delivered, first, TimeSpan.FromSeconds(60), cancellationToken);
    }

    /// <summary>When each file came into a folder, by the same clock as the replies.</summary>
    private sealed class Arrivals : IDisposable
    {
        private readonly List<FileSystemWatcher> watchers;
        private readonly ConcurrentDictionary<string, long> seen = new();

        public Arrivals(IEnumerable<string> folders) => watchers = [.. folders.Select(Watch)];

        public int Count => seen.Count;

        public Dictionary<string, long> ByMessageId() => seen
            .GroupBy(p => new DeliveredMail("", p.Key, File.ReadAllBytes(p.Key)).MessageId)
            .ToDictionary(g => g.Key, g => g.Min(p => p.Value));

        public void Dispose() => watchers.ForEach(w => w.Dispose());

        private FileSystemWatcher Watch(string folder)
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName, InternalBufferSize = 64 * 1024 };
            watcher.Created += (_, e) => seen.TryAdd(e.FullPath, TimeProvider.System.GetTimestamp());
            watcher.Renamed += (_, e) => seen.TryAdd(e.FullPath, TimeProvider.System.GetTimestamp());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
    }
}
