using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Authentication;

/// <summary>Mail authentication and message structure that nobody can fool.</summary>
internal static class AuthenticationSuite
{
    public static Suite Create() => new("authentication",
    [
        new SuitesBench(),
        new StructureSuitesBench(),
        new CostRatioBench(),
        new ReferencesBench(),
        new FuzzBench(),
    ]);
}
