using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Identity;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL.Live;

/// <summary>graphql-transport-ws: what is answered, and with which code a connection is closed.</summary>
public sealed class LiveProtocolTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    [Theory]
    [InlineData("no json", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("{\"type\":\"start\"}", 4400)]
    [InlineData("{\"type\":\"subscribe\",\"id\":\"1\"}", 4400)]
    [InlineData("{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ viewer { id } }\"}}", 4400)]
    [InlineData("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}}", 4400)]
    [InlineData("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"\\ud800\"}}", 4400)]
    [InlineData("{\"type\":\"connection_init\"}", 4429)]
    public async Task What_is_against_the_protocol_closes_the_connection(string message, int code)
    {
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-api");
        await socket.SendTextAsync(message);

        Assert.Equal(code, await socket.CloseCodeAsync());
    }

    [Theory]
    [InlineData("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{ viewer { id } }\"}}", 4401)]
    [InlineData("{\"type\":\"connection_init\"}", 4403)]
    [InlineData("{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer nothing\"}}", 4403)]
    [InlineData("{\"type\":\"connection_init\",\"payload\":\"token\"}", 4403)]
    public async Task Nothing_is_told_to_who_does_not_sign_in(string message, int code)
    {
        using var socket = await LiveSocket.OpenAsync(platform);
        await socket.SendTextAsync(message);

        Assert.Equal(code, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task Another_protocol_is_not_accepted() =>
        await Assert.ThrowsAsync<WebSocketException>(() => LiveSocket.OpenAsync(platform, "graphql-ws"));

    [Fact]
    public async Task Two_operations_of_one_id_are_one_too_many()
    {
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-api");
        await socket.SubscribeAsync("1", "subscription { eventRecorded { cursor } }");
        await socket.SubscribeAsync("1", "subscription { eventRecorded { cursor } }");

        Assert.Equal(4409, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload()
    {
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-api");
        await socket.SendAsync(new { type = "ping", payload = new { at = 7 } });

        Assert.Equal("""{"type":"pong","payload":{"at":7}}""", (await socket.NextAsync()).GetRawText());
    }

    [Fact]
    public async Task A_query_is_answered_once_and_completes()
    {
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-siem");
        await socket.SubscribeAsync("q", "{ viewer { id } }");
        var next = await socket.NextAsync();

        Assert.Equal("acme-siem", next.GetProperty("payload").GetProperty("data").GetProperty("viewer").GetProperty("id").GetString());
        Assert.Equal("""{"id":"q","type":"complete"}""", (await socket.NextAsync()).GetRawText());
    }

    [Theory]
    [InlineData("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("subscription {", "GRAPHQL_PARSE_FAILED")]
    [InlineData("mutation { releaseDelivery(input: { deliveryId: \"x\" }) { errors { code } } }", "FORBIDDEN")]
    [InlineData("subscription { importProgress(id: \"x\") { state } }", "FORBIDDEN")]
    public async Task What_does_not_run_is_an_error_and_the_connection_goes_on(string query, string code)
    {
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-siem");
        await socket.SubscribeAsync("1", query);
        var error = await socket.NextAsync();
        await socket.SubscribeAsync("1", "{ viewer { id } }");

        Assert.Equal("error", error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("next", (await socket.NextAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_cursor_of_another_tenant_is_an_error_and_no_restart()
    {
        var cursor = (await platform.DataAsync("globex-api", "{ events(first: 1) { nextCursor } }")).GetProperty("events").GetProperty("nextCursor").GetString();
        using var socket = await LiveSocket.SignedInAsync(platform, "acme-api");
        await socket.SubscribeAsync("1", $"subscription {{ eventRecorded(after: \"{cursor}\") {{ cursor }} }}");

        Assert.Equal("CURSOR_FOREIGN", (await socket.NextAsync()).GetProperty("payload").GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("complete", (await socket.NextAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Whoever_says_nothing_for_ten_seconds_is_put_out()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = new TestPlatform { Services = services => services.AddSingleton<TimeProvider>(time) };
        await own.InitializeAsync();
        using var socket = await LiveSocket.OpenAsync(own);

        Assert.Equal(4408, await PassAsync(time, socket));
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = new TestPlatform { Services = services => services.AddSingleton<TimeProvider>(time), Change = settings => settings with { AccessTokenLifetime = TimeSpan.FromMinutes(1) } };
        await own.InitializeAsync();
        using var socket = await LiveSocket.SignedInAsync(own, "acme-api");
        await socket.SubscribeAsync("1", "subscription { eventRecorded { cursor } }");

        Assert.Equal(4401, await PassAsync(time, socket));
    }

    [Fact]
    public async Task A_connection_ends_with_its_client()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = new TestPlatform { Services = services => services.AddSingleton<TimeProvider>(time) };
        await own.InitializeAsync();
        var clients = own.Provider.GetRequiredService<IClientRegistry>();
        await clients.EnsureAsync("passing", "passing-secret", "Passing", [own.Seed.Acme.Id], null, Permissions.ReadOnly, TestContext.Current.CancellationToken);
        using var socket = await LiveSocket.SignedInAsync(own, "passing");
        await clients.RemoveAsync("passing", TestContext.Current.CancellationToken);

        Assert.Equal(4401, await PassAsync(time, socket));
    }

    [Fact]
    public async Task A_subscription_ends_when_a_permission_is_taken_away()
    {
        var clients = platform.Provider.GetRequiredService<IClientRegistry>();
        await clients.EnsureAsync("shrinking", "shrinking-secret", "Shrinking", [platform.Seed.Acme.Id], null, Permissions.ReadOnly, TestContext.Current.CancellationToken);
        var first = (await platform.DataAsync("acme-api", "{ events(first: 1) { nextCursor } }")).GetProperty("events").GetProperty("nextCursor").GetString();
        using var socket = await LiveSocket.SignedInAsync(platform, "shrinking");
        await socket.SubscribeAsync("1", $"subscription {{ eventRecorded(after: \"{first}\") {{ cursor }} }}");
        Assert.True((await socket.NextAsync()).GetProperty("payload").TryGetProperty("data", out _));
        await clients.EnsureAsync("shrinking", "shrinking-secret", "Shrinking", [platform.Seed.Acme.Id], null, new HashSet<string> { Permissions.MessagesRead }, TestContext.Current.CancellationToken);

        JsonElement last;
        do
            last = await socket.NextAsync();
        while (!last.GetProperty("payload").TryGetProperty("errors", out _));
        Assert.Equal("FORBIDDEN", last.GetProperty("payload").GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("complete", (await socket.NextAsync()).GetProperty("type").GetString());
    }

    private static async Task<int> PassAsync(FakeTimeProvider time, LiveSocket socket)
    {
        var closed = socket.CloseCodeAsync();
        while (!closed.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAny(closed, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        return await closed;
    }
}
