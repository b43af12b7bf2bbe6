using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Traps, made anew by each seed, each scanned in a warm scanner process: none may cost more than two seconds or 300 MiB, and each gets a verdict.</summary>
internal sealed class BombsBench : IBench
{
    private const int FewestBombs = 40;
    private const double MostSeconds = 2;
    private const double MostMebibytes = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Figures => ["bombs"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bombs");
        Dictionary<string, Bomb> files = [];
        foreach (var (bomb, index) in Bomb.All.Select((bomb, index) => (bomb, index)))
        {
            var file = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{index:000}.eml"));
            await File.WriteAllBytesAsync(file, bomb.Make(context.RandomFor($"bomb-{bomb.Name}")), cancellationToken);
            files[file] = bomb;
        }

        List<(Bomb Bomb, string Why)> failed = [];
        List<BombOutcome> outcomes = [];
        for (var left = files.Keys.Order(StringComparer.Ordinal).ToList(); left.Count > 0;)
        {
            var came = await RunAsync(left, cancellationToken);
            outcomes.AddRange(came);
            left = left[came.Count..];
            if (left.Count == 0)
                break;
            failed.Add((files[left[0]], "no verdict: the scanner died or hung"));
            left = left[1..];
        }

        failed.AddRange(outcomes.Where(outcome => Why(outcome).Length > 0).Select(outcome => (files[outcome.File], Why(outcome))));
        foreach (var (bomb, why) in failed)
            context.Progress.Say($"bomb: {bomb.Name}: {why}");
        return
        [
            new Figure("bombs", failed.Count, $"of {files.Count} traps over {MostSeconds} s of processor time or {MostMebibytes} MiB, or without a verdict", "0", failed.Count == 0 && files.Count >= FewestBombs)
            {
                Detail = Worst(outcomes, files) + (failed.Count == 0 ? "" : $"; failed: {string.Join("; ", failed.Select(item => $"{item.Bomb.Name} ({item.Why})"))}"),
            },
        ];
    }

    private static string Why(BombOutcome outcome) =>
        outcome.Verdict.Length == 0 ? $"no verdict: {outcome.Reasons}"
        : outcome.Seconds > MostSeconds || outcome.Mebibytes > MostMebibytes ? string.Create(CultureInfo.InvariantCulture, $"{outcome.Seconds:F1} s, {outcome.Mebibytes:F0} MiB, {outcome.Verdict}, {outcome.Reasons}")
        : "";

    private static string Worst(List<BombOutcome> outcomes, Dictionary<string, Bomb> files)
    {
        if (outcomes.Count == 0)
            return "none was scanned";
        var slow = outcomes.MaxBy(outcome => outcome.Seconds)!;
        var large = outcomes.MaxBy(outcome => outcome.Mebibytes)!;
        return string.Create(CultureInfo.InvariantCulture, $"slowest {files[slow.File].Name} {slow.Seconds:F2} s; largest {files[large.File].Name} {large.Mebibytes:F0} MiB");
    }

    /// <summary>The outcomes that came before the process ended or said nothing for too long.</summary>
    private static async Task<List<BombOutcome>> RunAsync(List<string> files, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.Start(Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? (string[])[typeof(BombScanner).Assembly.Location] : [], BombScanner.Verb, .. files]);
        var said = -1;
        while (!child.HasExited && child.Output.Length is var now && now > said)
        {
            said = now;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                // Wakes for the end, and looks for progress when it has waited long enough.
                await child.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue;
            }
        }

        return Outcomes(child);
    }

    private static List<BombOutcome> Outcomes(ChildProcess child) =>
        [.. child.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<BombOutcome>(line)!)];
}
