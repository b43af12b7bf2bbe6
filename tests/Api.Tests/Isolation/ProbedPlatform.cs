using Platform.Api.Tests.Hosting;
using Platform.Benchmarks.Isolation;

namespace Platform.Api.Tests.Isolation;

/// <summary>A platform that was probed once from one of its tenants, and what that showed.</summary>
public sealed class ProbedPlatform : IAsyncLifetime
{
    public TestPlatform Platform { get; } = new();

    internal IsolationReport Report { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Platform.InitializeAsync();
        Report = await RunAsync(Platform, "globex-api", "acme");
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    internal static async Task<IsolationReport> RunAsync(TestPlatform platform, string intruder, string owner) => await new IsolationProbe(platform.Http).RunAsync(
        await platform.TokenAsync(intruder), await platform.TokenAsync(owner + "-api"), [$"zq{owner}canary"], CancellationToken.None);
}
