using Platform.Benchmarks.Authentication;
using Platform.Benchmarks.Detection.Bombs;
using Platform.Benchmarks.Detection.Learned;
using Platform.Benchmarks.Fuzzing;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection;

/// <summary>What is flagged, why, and how fast.</summary>
internal static class DetectionSuite
{
    public static Suite Create()
    {
        var corpus = new ExaminedCorpus();
        return new Suite("detection",
        [
            new GivenBench(),
            new ClusterBench(corpus),
            new SourceBench(corpus),
            new SamplesBench(),
            new BombsBench(),
            new FeedsBench(),
            new CostBench(),
            new FuzzBench(name => name is not ("smtp" or "sasl" or "scim-filter") && !AuthenticationSuite.FuzzTargets.Contains(name), quickSeconds: 10),
        ]);
    }
}
