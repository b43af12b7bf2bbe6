using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Tests.Hosting;
using Platform.Benchmarks.Isolation;

namespace Platform.Api.Tests.Isolation;

/// <summary>One tenant must not see another's (TEN1): every field and route, with the other's ids, in both directions.</summary>
public sealed class IsolationTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("globex", "acme")]
    [InlineData("acme", "globex")]
    public async Task No_field_and_no_route_gives_away_anything(string intruder, string owner)
    {
        var report = await RunAsync(intruder + "-api", owner);

        Assert.Equal([], report.Leaks);
    }

    [Fact]
    public async Task Every_field_and_every_route_is_probed()
    {
        var schema = _platform.Provider.GetRequiredService<PlatformSchema>();
        schema.Initialize();
        var fields = schema.Query!.Fields.Select(field => "query " + field.Name).Concat(schema.Mutation!.Fields.Select(field => "mutation " + field.Name)).Concat(schema.Subscription!.Fields.Select(field => "subscription " + field.Name));
        var routes = _platform.Provider.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is not "/graphql" && !IsSignIn(endpoint.RoutePattern.RawText!) && !IsLink(endpoint.RoutePattern.RawText!))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET"} /{endpoint.RoutePattern.RawText!.Trim('/').Replace("{documentName}", "v1", StringComparison.Ordinal)}");

        var report = await RunAsync("globex-api", "acme");

        Assert.Equal(fields.Concat(routes).Order(StringComparer.Ordinal), report.Probed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_probe_would_see_a_leak()
    {
        var report = await RunAsync("demo-msp-api", "acme");

        var seen = report.Leaks.Where(leak => leak.Kind == "canary").Select(leak => leak.Probe).ToHashSet();
        string[] certain = ["query messages", "query node", "query listEntries", "query listExport", "query events", "GET /v1/messages/{id}/raw", "GET /v1/tenants", "mutation updateTenant"];
        Assert.Equal([], certain.Except(seen));
        Assert.Contains(report.Leaks, leak => leak.Kind == "changed");
    }

    [Fact]
    public async Task The_owner_sees_its_own()
    {
        var report = await RunAsync("globex-api", "acme");

        Assert.True(report is { OwnerIds: > 50, OwnerCanaries: > 5 }, $"{report.OwnerIds} ids, {report.OwnerCanaries} answers with a canary");
    }

    // A link's token is the whole right to act and names its one mailbox; ids and bearer tokens say nothing there (LinkPageTests, LinkActionsTests).
    private static bool IsLink(string route) => route == "/l/{token}";

    // Pages of whoever is at the browser: they take no ids of tenants' things (tests in Identity/Flows).
    private static bool IsSignIn(string route) =>
        route.StartsWith("/connect/", StringComparison.Ordinal) || route.StartsWith("/account", StringComparison.Ordinal);

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

    private async Task<IsolationReport> RunAsync(string intruder, string owner) => await new IsolationProbe(_platform.Http).RunAsync(
        await _platform.TokenAsync(intruder), await _platform.TokenAsync(owner + "-api"), [$"zq{owner}canary"], TestContext.Current.CancellationToken);
}
