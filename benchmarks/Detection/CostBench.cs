using System.Globalization;
using Platform.Benchmarks.Peers.Filters;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection;

/// <summary>
/// Processor time a mail for the whole scan of the mail corpus, ours over rspamd's and SpamAssassin's: each a running program with two
/// workers, warm (it has seen every mail of the round before), two clients, no network, in turn and in one run. Memory is that of our
/// two scanner processes after it.
/// </summary>
internal sealed class CostBench : IBench
{
    private const double RspamdGoal = 1.0;
    private const double SpamAssassinGoal = 0.05;
    private const double MemoryGoal = 500;
    private const int Clients = 2;
    private const int WarmingRounds = 6;

    public IReadOnlyList<string> Figures => ["cpu-ratio", "cpu-ratio-sa", "memory"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var mails = await CorpusAsync(context, cancellationToken);
        var some = mails.Take(context.Scaled(mails.Count, 240)).ToList();
        var (all, few, mebibytes) = await OursAsync(mails, some, cancellationToken);
        return
        [
            await OverAsync("cpu-ratio", () => Rspamd.StartAsync(cancellationToken), mails, all, RspamdGoal),
            await OverAsync("cpu-ratio-sa", () => SpamAssassin.StartAsync(cancellationToken), some, few, SpamAssassinGoal),
            new Figure("memory", Math.Round(mebibytes), "MiB (PSS) of two scanner processes after the corpus", $"under {MemoryGoal}", mebibytes < MemoryGoal),
        ];

        async Task<Figure> OverAsync<T>(string id, Func<Task<T>> start, List<byte[]> judged, double ours, double goal)
            where T : IMailFilter
        {
            if (context.Options.Only.Count > 0 && !context.Options.Only.Contains(id))
                return Figure.NotMeasured(id, "not asked for");
            try
            {
                await using var filter = await start();
                await JudgeAllAsync(filter, judged, cancellationToken);
                var theirs = await CostAsync(filter, judged, own: false, cancellationToken);
                context.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{filter.Name}: {theirs:F0} µs a mail, ours {ours:F0} µs"));
                return new Figure(id, Math.Round(ours / theirs, 3), $"processor time a mail, ours over {filter.Name}", $"at most {goal}", ours / theirs <= goal)
                {
                    Detail = string.Create(CultureInfo.InvariantCulture, $"{ours:F0} µs against {theirs:F0} µs, {judged.Count} mails, both without network"),
                };
            }
            catch (MissingPartException missing)
            {
                return Figure.NotMeasured(id, missing.Message);
            }
        }
    }

    // A scanner lives for twenty thousand mails; the compiler of the runtime goes on improving what is hot for the first few thousand.
    private static async Task<(double All, double Few, double Mebibytes)> OursAsync(List<byte[]> corpus, List<byte[]> some, CancellationToken cancellationToken)
    {
        await using var scanners = await OurScanners.StartAsync(cancellationToken);
        for (var round = 0; round < WarmingRounds; round++)
            await JudgeAllAsync(scanners, corpus, cancellationToken);
        var all = await CostAsync(scanners, corpus, own: true, cancellationToken);
        // Beside a peer that is tried on fewer mails, ours on the very same ones.
        var few = some.Count == corpus.Count ? all : await CostAsync(scanners, some, own: true, cancellationToken);
        return (all, few, ProcessTree.ProportionalSetSizeOfChildren(scanners.ProcessId) / 1024.0 / 1024);
    }

    private static async Task<double> CostAsync(IMailFilter filter, List<byte[]> judged, bool own, CancellationToken cancellationToken)
    {
        var before = ProcessTree.ProcessorTime(filter.ProcessId, own);
        await JudgeAllAsync(filter, judged, cancellationToken);
        return (ProcessTree.ProcessorTime(filter.ProcessId, own) - before).TotalMicroseconds / judged.Count;
    }

    private static Task JudgeAllAsync(IMailFilter filter, List<byte[]> mails, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        mails, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellationToken }, async (mail, stop) => await filter.JudgeAsync(mail, stop));

    private static async Task<List<byte[]>> CorpusAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var files = Directory.EnumerateFiles(context.Workspace.SharedPath("corpora/mail"), "*.eml", SearchOption.AllDirectories).ToArray();
        context.RandomFor("cost").Shuffle(files);
        List<byte[]> mails = [];
        foreach (var file in files)
            mails.Add(await File.ReadAllBytesAsync(file, cancellationToken));
        return mails;
    }
}
