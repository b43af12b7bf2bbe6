using System.Net;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// Durable accepts a second, ours over Postfix's, in the same run by the same client, rounds in turn. Postfix runs with its
/// defaults (flushing included) and takes each mail straight into its hold queue, which is the least it can do for a mail; ours also
/// inspects and delivers meanwhile. Each of our rounds starts on an empty data folder, so that none carries another's backlog.
/// </summary>
internal sealed class AcceptRatioBench : IBench
{
    private const int Connections = 8;
    private const int MailSize = 20 * 1024;

    /// <summary>Warms up again what was warm already and has rested for a round.</summary>
    internal static TimeSpan Short { get; } = TimeSpan.FromSeconds(2);

    public IReadOnlyList<string> Figures => ["accept-ratio"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var rounds = context.Scaled(5, 3);
        var length = TimeSpan.FromSeconds(context.Scaled(10, 4));
        var warmUp = TimeSpan.FromSeconds(context.Scaled(10, 7));
        var factory = new MailFactory("accept", context.RandomFor("accept"));
        var mails = new MailSupply([.. Enumerable.Range(0, 500).Select(_ => factory.Clean(MailSize))]);
        await using var postfix = await PostfixInstance.StartAsync(PostfixAccepts.Settings, cancellationToken);
        List<double> ours = [];
        List<double> theirs = [];
        for (var round = 1; round <= rounds; round++)
        {
            ours.Add(await MeasureOursAsync(context, mails, warmUp, length, cancellationToken));
            theirs.Add(await RateAsync(postfix.Smtp, mails, round == 1 ? warmUp : Short, length, cancellationToken));
            context.Progress.Say($"round {round}: {ours[^1]:F0}/s, Postfix {theirs[^1]:F0}/s");
        }

        var ratio = Statistics.Median(ours) / Statistics.Median(theirs);
        return
        [
            new Figure("accept-ratio", Math.Round(ratio, 3), "ours over Postfix", "at least 1.0", ratio >= 1)
            {
                Detail = $"medians of {rounds} rounds: {Statistics.Median(ours):F0}/s against {Statistics.Median(theirs):F0}/s; {Connections} connections, {MailSize / 1024} KiB",
            },
        ];
    }

    private static async Task<double> MeasureOursAsync(BenchContext context, MailSupply mails, TimeSpan warmUp, TimeSpan length, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("accept");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        var rate = await RateAsync(product.Smtp, mails, warmUp, length, cancellationToken);
        await product.KillAsync(cancellationToken);
        return rate;
    }

    /// <summary>Mails accepted a second while the clock runs.</summary>
    /// <param name="warmUp">
    /// Load before that. The rate wanted is the steady one: what a program compiles, starts or fills while the first thousands of mails
    /// come is paid for beforehand, on both sides alike.
    /// </param>
    internal static async Task<double> RateAsync(IPEndPoint server, MailSupply mails, TimeSpan warmUp, TimeSpan length, CancellationToken cancellationToken)
    {
        await LoadAsync(warmUp);
        var load = await LoadAsync(length);
        cancellationToken.ThrowIfCancellationRequested();
        return load.AcceptedCount == 0 ? throw new InvalidOperationException($"nothing was accepted: {load.Summary}") : load.AcceptedPerSecond;

        async Task<LoadResult> LoadAsync(TimeSpan time)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stop.CancelAfter(time);
            return await new LoadGenerator(new LoadPlan(server, Connections)).RunAsync(int.MaxValue, i => mails[i], stop.Token);
        }
    }
}
