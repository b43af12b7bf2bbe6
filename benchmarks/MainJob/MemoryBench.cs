using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>Memory of all processes of the product (PSS) after many mails, and whether it still grew over the second half of them.</summary>
internal sealed class MemoryBench : IBench
{
    private const double GoalMebibytes = 600;

    // Growth over the second half below this share of the whole is breath, not growth.
    private const double Breath = 0.10;

    public IReadOnlyList<string> Figures => ["memory"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Scaled(20_000, 2_000);
        var batch = context.Scaled(500, 100);
        using var data = new TempFolder("memory");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var mails = new MailFactory("memory", context.RandomFor("memory"));
        var random = context.RandomFor("memory-sizes");
        List<(double Mails, double Mebibytes)> samples = [];
        var accepted = 0;

        while (accepted < count)
        {
            var sizes = Enumerable.Range(0, batch).Select(_ => random.Next(1_000, 40_000)).ToArray();
            var load = await new LoadGenerator(new LoadPlan(product.Smtp, 4)).RunAsync(sizes.Length, i => i % 20 == 19 ? mails.Hostile() : mails.Clean(sizes[i]), cancellationToken);
            if (load.AcceptedCount == 0)
                throw new InvalidOperationException($"no mail was accepted any more: {load.Summary}");
            accepted += load.AcceptedCount;
            // All taken mails are dealt with before the next, so that the figure is of work done and not of a backlog.
            await DrainAsync(client, cancellationToken);
            var (bytes, processes) = ProcessTree.ProportionalSetSize(product.ProcessId);
            samples.Add((accepted, bytes / 1024.0 / 1024));
            if (samples.Count % 5 == 0)
                context.Progress.Say($"{accepted} mails: {samples[^1].Mebibytes:F0} MiB in {processes} processes");
        }

        var second = samples.Skip(samples.Count / 2).ToList();
        var last = samples[^1].Mebibytes;
        var growth = Statistics.Slope(second) * (second[^1].Mails - second[0].Mails);
        var growing = growth > Breath * last;
        return
        [
            new Figure("memory", Math.Round(last, 1), $"MiB (PSS) after {accepted} mails", $"under {GoalMebibytes:F0} MiB, not growing", last < GoalMebibytes && !growing)
            {
                Detail = $"highest {samples.Max(s => s.Mebibytes):F0} MiB; growth over the second half {growth:F0} MiB (line of best fit; above {Breath:P0} counts as growing)",
            },
        ];
    }

    private static Task DrainAsync(PlatformClient client, CancellationToken cancellationToken) => Wait.ForAsync(
        "all mails are inspected and delivered",
        TimeSpan.FromMinutes(3),
        async () =>
        {
            var data = await client.QueryAsync("{ messages(first: 1, filter: { states: [RECEIVED, QUEUED] }) { totalCount } }", null, cancellationToken);
            return data.GetProperty("messages").GetProperty("totalCount").GetInt32() == 0;
        },
        cancellationToken);
}
