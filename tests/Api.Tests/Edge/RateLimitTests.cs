using System.Net;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Edge;

public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new() { Change = settings => settings with { RateLimits = new RateLimitSettings(ClientPerMinute: 3, AddressPerMinute: 4) } };

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_client_that_asks_too_much_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        using var first = await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events");
        for (var i = 0; i < 2; i++)
            (await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events")).Dispose();
        using var refused = await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events");
        using var other = await _platform.SendAsync("globex-siem", HttpMethod.Get, "/v1/events");

        Assert.Equal("\"client\";q=3;w=60", Assert.Single(first.Headers.GetValues("RateLimit-Policy")));
        Assert.Equal("\"client\";r=2;t=20", Assert.Single(first.Headers.GetValues("RateLimit")));
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("RATE_LIMITED", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_at_a_secret_are_limited()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await _platform.RequestTokenAsync("acme-api", "guess");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 4), HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Health_is_never_told_to_wait()
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await _platform.SendAsync(null, HttpMethod.Get, "/health/live");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
