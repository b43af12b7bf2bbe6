using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Runner;
using SharpFuzz;

namespace Platform.Benchmarks.Fuzzing;

/// <summary>
/// Each parser of hostile input tried on mutated input, guided by coverage: SharpFuzz instruments a copy of the engine, a process of
/// its own for each target mutates what reached new code. A crash of the process, an exception, or a run over a second counts.
/// </summary>
/// <param name="choose">Which of the names of <c>tests/Fuzz.Targets</c>.</param>
/// <param name="quickSeconds">For each under <c>--quick</c>; else ten minutes, or what <c>--seconds</c> says.</param>
internal sealed class FuzzBench(Func<string, bool> choose, int quickSeconds) : IBench
{

    public IReadOnlyList<string> Figures => ["fuzz"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var time = TimeSpan.FromSeconds(context.Options.Seconds > 0 ? context.Options.Seconds : context.Scaled(600, quickSeconds));
        using var folder = new TempFolder("fuzz");
        var program = Instrument(context.Workspace, folder);
        var asked = context.Options.Targets;
        string[] targets = [.. (await NamesAsync(program, cancellationToken)).Where(name => asked.Count == 0 ? choose(name) : asked.Contains(name))];
        var outcomes = new Outcome[targets.Length];
        // Two at a time: one a core of the smallest machine.
        await Parallel.ForAsync(0, targets.Length, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, async (index, stop) =>
        {
            outcomes[index] = await RunAsync(program, targets[index], time, context, folder, stop);
            context.Progress.Say(outcomes[index].Summary);
        });

        var failures = outcomes.Sum(o => o.Failures);
        return
        [
            new Figure("fuzz", failures, $"crashes or hangs in {targets.Length} targets of {time.TotalSeconds:F0} s", "0", failures == 0 && outcomes.Length > 0 && outcomes.All(o => o.Edges > 0))
            {
                Detail = string.Join("; ", outcomes.Select(o => o.Summary)),
            },
        ];
    }

    private static string Instrument(Workspace workspace, TempFolder folder)
    {
        var built = Path.Combine(workspace.Root, "tests", "Fuzz.Targets", "bin", workspace.Configuration, "net10.0");
        if (!Directory.Exists(built))
            throw new MissingPartException("the built tests/Fuzz.Targets");
        var copy = folder.Sub("instrumented");
        foreach (var file in Directory.EnumerateFiles(built))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        foreach (var parsers in (string[])["Platform.Engine.dll", "Platform.Feeds.dll"])
            _ = Fuzzer.Instrument(Path.Combine(copy, parsers), _ => true, Options.Value).Count();
        return Path.Combine(copy, "Platform.Fuzz.Targets.dll");
    }

    private static async Task<string[]> NamesAsync(string program, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [program, "list"], cancellationToken);
        return exitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : throw new InvalidOperationException($"no list of targets: {output}");
    }

    private static async Task<Outcome> RunAsync(string program, string target, TimeSpan time, BenchContext context, TempFolder folder, CancellationToken cancellationToken)
    {
        var last = Path.Combine(folder.Path, target);
        var seed = context.RandomFor($"fuzz-{target}").Next().ToString(CultureInfo.InvariantCulture);
        // One that hangs says nothing any more: the file tells on what.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(time + TimeSpan.FromSeconds(60));
        string[] arguments = [program, target, time.TotalSeconds.ToString(CultureInfo.InvariantCulture), seed, last];
        string why;
        try
        {
            var (exitCode, output) = await ChildProcess.RunAsync("dotnet", arguments, patience.Token);
            if (output.Split('\n').FirstOrDefault(line => line.StartsWith("{\"target\"", StringComparison.Ordinal)) is { } line)
                return Read(target, line, context);
            why = $"ended with {exitCode}: {output[..Math.Min(output.Length, 2_000)]}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            why = "hung";
        }

        context.Progress.Say($"{target} {why}; the input is {(File.Exists(last) ? Convert.ToHexString(LastOf(last)) : "unknown")}");
        return new Outcome($"{target}: {why.Split('\n')[0]}", 1, 1);
    }

    private static byte[] LastOf(string path)
    {
        var octets = File.ReadAllBytes(path);
        return octets.AsSpan(sizeof(int), BitConverter.ToInt32(octets, 0)).ToArray();
    }

    private static Outcome Read(string target, string line, BenchContext context)
    {
        using var report = JsonDocument.Parse(line);
        var root = report.RootElement;
        var failures = root.GetProperty("failures").EnumerateArray().ToList();
        foreach (var failure in failures)
            context.Progress.Say($"{target}: {failure.GetProperty("why").GetString()} on {failure.GetProperty("input").GetString()}");
        var edges = root.GetProperty("edges").GetInt32();
        return new Outcome(
            string.Create(CultureInfo.InvariantCulture, $"{target}: {root.GetProperty("runs").GetInt64()} runs, {edges} edges, slowest {root.GetProperty("slowestMilliseconds").GetDouble():F0} ms, {failures.Count} failed"),
            failures.Count,
            edges);
    }

    private sealed record Outcome(string Summary, int Failures, int Edges);
}
