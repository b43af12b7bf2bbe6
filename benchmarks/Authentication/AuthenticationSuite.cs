using Platform.Benchmarks.Fuzzing;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Authentication;

/// <summary>Mail authentication and message structure that nobody can fool.</summary>
internal static class AuthenticationSuite
{
    /// <summary>Parsers of this room, by the names of their fuzz targets.</summary>
    public static IReadOnlyList<string> FuzzTargets { get; } = ["spf-record", "dkim", "dmarc-record", "arc-set", "authentication-results", "author", "structure"];

    public static Suite Create() => new("authentication",
    [
        new SuitesBench(),
        new StructureSuitesBench(),
        new CostRatioBench(),
        new ReferencesBench(),
        new FuzzBench(FuzzTargets.Contains, quickSeconds: 20),
    ]);
}
