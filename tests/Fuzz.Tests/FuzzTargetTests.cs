using Platform.Fuzz.Targets;

namespace Platform.Fuzz.Tests;

/// <summary>A short walk through every target; the long one, guided by coverage, is a benchmark.</summary>
public sealed class FuzzTargetTests
{
    private const int Runs = 3_000;

    // Far above what the work needs, far below what work that grows with the square of the input takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_parser_breaks_its_promises(string name)
    {
        var target = FuzzTargets.All.Single(candidate => candidate.Name == name);
        var file = Path.GetTempFileName();
        try
        {
            using var last = new LastInput(file);
            var report = new CoverageFuzzer(target, seed: 1, last, new CoverageMap()).Run(runs => runs < Runs);
            Assert.Equal([], report.Failures);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Much_of_the_same_is_no_burden(string name)
    {
        const int Length = 128 * 1024;
        var target = FuzzTargets.All.Single(candidate => candidate.Name == name);
        foreach (var token in target.Tokens.Where(token => token.Length > 0))
        {
            var input = new byte[Length];
            for (var i = 0; i < Length; i++)
                input[i] = token[i % token.Length];
            var started = TimeProvider.System.GetTimestamp();
            target.Run(input);
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Patience);
        }
    }
}
