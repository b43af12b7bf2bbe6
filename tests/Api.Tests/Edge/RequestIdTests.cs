using System.Text;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Edge;

public sealed class RequestIdTests(TestPlatform platform)
{
    [Theory]
    [InlineData("client-7:a.b_c/d+e=", "client-7:a.b_c/d+e=")]
    [InlineData("", null)]
    [InlineData("two words", null)]
    [InlineData("line\nbreak", null)]
    [InlineData("日本", null)]
    [InlineData("<script>", null)]
    public void An_id_is_taken_over_when_it_can_stand_anywhere_as_it_is(string given, string? taken) => Assert.Equal(taken, RequestIdMiddleware.Sane(given));

    [Fact]
    public void An_id_beyond_128_characters_is_not_taken_over() => Assert.Null(RequestIdMiddleware.Sane(new string('a', 129)));

    [Theory]
    [InlineData("acme-api", "/v1/tenants", 200)]
    [InlineData(null, "/v1/tenants", 401)]
    [InlineData("acme-api", "/v1/nothing", 404)]
    [InlineData(null, "/health/live", 200)]
    public async Task Every_answer_carries_the_id_of_its_request(string? client, string path, int status)
    {
        using var named = await platform.SendAsync(client, HttpMethod.Get, path, null, ("X-Request-Id", "mine-1"));
        using var unnamed = await platform.SendAsync(client, HttpMethod.Get, path);

        Assert.Equal(status, (int)named.StatusCode);
        Assert.Equal(["mine-1"], named.Headers.GetValues("X-Request-Id"));
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(unnamed.Headers.GetValues("X-Request-Id")));
        if (status >= 400)
            Assert.Equal("mine-1", JsonSerializer.Deserialize<JsonElement>(await named.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task The_trace_that_a_request_belongs_to_names_it()
    {
        using var response = await platform.SendAsync("acme-api", HttpMethod.Get, "/v1/tenants", null, ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Assert.Equal(["4bf92f3577b34da6a3ce929d0e0e4736"], response.Headers.GetValues("X-Request-Id"));
    }

    [Theory]
    [InlineData("{ nothing }")]
    [InlineData("{ messages(first: 100000) { totalCount } }")]
    public async Task Errors_of_GraphQL_carry_it_too(string query)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        using var response = await platform.SendAsync("acme-api", HttpMethod.Post, "/graphql", content, ("X-Request-Id", "mine-2"));

        var errors = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("errors");
        Assert.All(errors.EnumerateArray(), error => Assert.Equal("mine-2", error.GetProperty("extensions").GetProperty("requestId").GetString()));
    }
}
