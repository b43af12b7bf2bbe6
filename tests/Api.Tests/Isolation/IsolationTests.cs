using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.Tests.Isolation;

/// <summary>One tenant must not see another's (TEN1): every field and route, with the other's ids.</summary>
public sealed class IsolationTests(ProbedPlatform probed) : IClassFixture<ProbedPlatform>
{
    [Fact]
    public void No_field_and_no_route_gives_away_anything() => Assert.Equal([], probed.Report.Leaks);

    [Fact]
    public void Every_field_and_every_route_is_probed()
    {
        var schema = probed.Platform.Provider.GetRequiredService<PlatformSchema>();
        schema.Initialize();
        var fields = schema.Query!.Fields.Select(field => "query " + field.Name).Concat(schema.Mutation!.Fields.Select(field => "mutation " + field.Name)).Concat(schema.Subscription!.Fields.Select(field => "subscription " + field.Name));
        var routes = probed.Platform.Provider.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is not "/graphql" && !IsSignIn(endpoint.RoutePattern.RawText!) && !IsLink(endpoint.RoutePattern.RawText!))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET"} /{endpoint.RoutePattern.RawText!.Trim('/').Replace("{documentName}", "v1", StringComparison.Ordinal)}");

        Assert.Equal(fields.Concat(routes).Order(StringComparer.Ordinal), probed.Report.Probed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_owner_sees_its_own() =>
        Assert.True(probed.Report is { OwnerIds: > 50, OwnerCanaries: > 5 }, $"{probed.Report.OwnerIds} ids, {probed.Report.OwnerCanaries} answers with a canary");

    // A link's token is the whole right to act and names its one mailbox; ids and bearer tokens say nothing there (LinkPageTests, LinkActionsTests).
    // The picture of a tracked mail is the same for everybody (PictureTests). A link of the reader gives no right (ReaderTests).
    private static bool IsLink(string route) => route is "/l/{token}" or "/t/{token}.gif" or "/reader/watch.js" || route.StartsWith("/r/{token}", StringComparison.Ordinal);

    // Pages of whoever is at the browser: they take no ids of tenants' things (tests in Identity/Flows).
    private static bool IsSignIn(string route) =>
        route.StartsWith("/connect/", StringComparison.Ordinal) || route.StartsWith("/account", StringComparison.Ordinal);
}
