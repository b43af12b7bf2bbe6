using Platform.Api.Tests.Hosting;
using Platform.Benchmarks.Isolation;

namespace Platform.Api.Tests.Isolation;

/// <summary>The probe itself: it finds what an intruder with too much reach sees, the other way round too, and by time and answer.</summary>
public sealed class ProbeTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_probe_would_see_a_leak()
    {
        var report = await ProbedPlatform.RunAsync(_platform, "demo-msp-api", "acme");

        var seen = report.Leaks.Where(leak => leak.Kind == "canary").Select(leak => leak.Probe).ToHashSet();
        string[] certain = ["query messages", "query node", "query listEntries", "query listExport", "query events", "GET /v1/messages/{id}/raw", "GET /v1/tenants", "mutation updateTenant"];
        Assert.Equal([], certain.Except(seen));
        Assert.Contains(report.Leaks, leak => leak.Kind == "changed");
    }

    [Fact]
    public async Task The_other_way_round_nothing_is_given_away_either()
    {
        var report = await ProbedPlatform.RunAsync(_platform, "acme-api", "globex");

        Assert.Equal([], report.Leaks);
    }

    [Fact]
    public async Task A_thing_of_another_tenant_and_one_that_is_nowhere_are_told_apart_by_nothing()
    {
        string[] foreign = [_platform.Seed.Globex.GlobalMessage(0), _platform.Seed.Globex.GlobalDelivery(0), _platform.Seed.Globex.GlobalTenant, _platform.Seed.Globex.GlobalRule];

        var report = await new TwinProbe(_platform.Http, new Random(4711)).RunAsync(await _platform.TokenAsync("acme-api"), foreign, 100, TestContext.Current.CancellationToken);

        Assert.Equal([], report.Leaks);
    }

    [Theory]
    [InlineData(0.0, 0, 3)]
    [InlineData(2.0, 8, 30)]
    public void The_rank_test_sees_what_is_shifted_and_only_that(double shift, double least, double most)
    {
        var random = new Random(1);
        var first = Enumerable.Range(0, 200).Select(_ => random.NextDouble() + shift).ToList();
        var second = Enumerable.Range(0, 200).Select(_ => random.NextDouble()).ToList();

        Assert.InRange(RankTest.Deviation(first, second), least == 0 ? -most : least, most);
    }
}
