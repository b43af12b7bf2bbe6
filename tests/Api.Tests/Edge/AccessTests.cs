using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Edge;

public sealed class AccessTests(TestPlatform platform)
{
    [Fact]
    public void Every_route_declares_what_it_asks_of_its_caller()
    {
        var undeclared = platform.Provider.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredAccess>() is null).Select(endpoint => endpoint.DisplayName);

        Assert.Equal([], undeclared);
    }

    [Fact]
    public async Task A_route_that_declares_nothing_is_closed()
    {
        await using var own = new TestPlatform { Routes = app => app.MapGet("/v1/forgotten", () => "open") };
        await own.InitializeAsync();
        using var anonymous = await own.SendAsync(null, HttpMethod.Get, "/v1/forgotten");
        using var known = await own.SendAsync("acme-api", HttpMethod.Get, "/v1/forgotten");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (anonymous.StatusCode, known.StatusCode));
    }

    [Theory]
    [InlineData("acme-siem", "GET", "/v1/messages/x/raw", 403)]
    [InlineData("acme-siem", "POST", "/v1/scan", 403)]
    [InlineData("acme-siem", "POST", "/v1/mailboxes", 403)]
    [InlineData(null, "GET", "/v1/events", 401)]
    [InlineData(null, "GET", "/health/live", 200)]
    [InlineData(null, "GET", "/health/ready", 200)]
    [InlineData(null, "GET", "/openapi/v1.json", 200)]
    [InlineData(null, "GET", "/metrics", 200)]
    [InlineData(null, "GET", "/.well-known/openid-configuration", 200)]
    public async Task A_route_is_open_to_whom_it_says(string? client, string method, string path, int status)
    {
        using var response = await platform.SendAsync(client, new HttpMethod(method), path);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_token_that_is_none_is_named_in_the_challenge()
    {
        using var response = await platform.SendAsync(null, HttpMethod.Get, "/v1/events", null, ("Authorization", "Bearer x.y.z"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
    }
}
