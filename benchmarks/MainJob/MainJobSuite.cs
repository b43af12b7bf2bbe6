using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>A mail goes through: every figure of the first capability.</summary>
internal static class MainJobSuite
{
    public static Suite Create() => new("main-job",
    [
        new PeersBench(),
        new KillBench(),
        new FlushOrderBench(),
        new DiskFullBench(),
        new PoisonBench(),
        new SmugglingBench(),
        new MimeBench(),
        new CorpusBench(),
        new IsolationBench(),
        new AuditsBench(),
        new AcceptRatioBench(),
        new ListenerRatioBench(),
        new LatencyBench(),
        new MemoryBench(),
        new FreshBench(),
    ]);
}
