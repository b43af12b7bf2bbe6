using System.Diagnostics;

namespace Platform.Fuzz.Targets;

/// <param name="Edges">0 when the code is not instrumented.</param>
/// <param name="Failures">Exceptions, and runs that took over a second of the processor each time they were tried.</param>
internal sealed record FuzzReport(string Target, long Runs, int Edges, int Corpus, double SlowestMilliseconds, IReadOnlyList<FuzzFailure> Failures);

/// <param name="Input">In hexadecimal.</param>
internal sealed record FuzzFailure(string Why, string Input);

/// <summary>Runs a target on mutated input for a time and keeps for further mutation what reached new code.</summary>
internal sealed class CoverageFuzzer(FuzzTarget target, int seed, LastInput last, CoverageMap map)
{
    private const int MaxInput = 64 * 1024;
    private const int MaxFailures = 10;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [.. target.Seeds];
    private readonly List<FuzzFailure> _failures = [];

    public FuzzReport Run(TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        return Run(_ => Stopwatch.GetElapsedTime(started) < time);
    }

    /// <param name="goesOn">Asked before each run with the number of those done.</param>
    public FuzzReport Run(Func<long, bool> goesOn)
    {
        var mutator = new InputMutator(_random, target.Tokens, MaxInput);
        var slowest = TimeSpan.Zero;
        long runs = 0;
        // The seeds as they stand, then their children.
        for (var next = 0; goesOn(runs) && _failures.Count < MaxFailures; runs++)
        {
            var input = next < target.Seeds.Count ? target.Seeds[next++] : mutator.Mutate(Pick(), Pick());
            map.Reset();
            var took = TryOnce(input);
            // Setting up code for the first time is no hang: what is one is so every time.
            if (took > Hang && TryOnce(input) > Hang && TryOnce(input) > Hang)
                _failures.Add(new FuzzFailure($"took {took.TotalSeconds:F1} s", Convert.ToHexString(input)));
            if (took > slowest)
                slowest = took;
            if (map.IsNew())
                _corpus.Add(input);
        }

        return new FuzzReport(target.Name, runs, map.Edges, _corpus.Count, slowest.TotalMilliseconds, _failures);
    }

    private byte[] Pick()
    {
        // What was found last leads on more often.
        var range = _random.Next(3) == 0 ? Math.Min(_corpus.Count, 50) : _corpus.Count;
        return _corpus[_corpus.Count - 1 - _random.Next(range)];
    }

    // In processor time: on a busy machine the clock on the wall tells of others. What waits for ever is ended from outside.
    private TimeSpan TryOnce(byte[] input)
    {
        last.Write(input);
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            _failures.Add(new FuzzFailure(exception.ToString(), Convert.ToHexString(input)));
        }

        return Environment.CpuUsage.TotalTime - before;
    }
}
