using Platform.Benchmarks.Authentication;
using Platform.Benchmarks.Fuzzing;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection;

/// <summary>What is flagged, why, and how fast.</summary>
internal static class DetectionSuite
{
    public static Suite Create() => new("detection",
    [
        new SamplesBench(),
        new FeedsBench(),
        new CostBench(),
        new FuzzBench(name => name != "smtp" && !AuthenticationSuite.FuzzTargets.Contains(name), quickSeconds: 10),
    ]);
}
