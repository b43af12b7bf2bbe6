using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL.Live;

/// <summary>What can be followed, by the clients that others wrote.</summary>
public sealed class SubscriptionTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    [Theory]
    [InlineData("graphql-ws")]
    [InlineData("graphql-sse")]
    public async Task What_is_pulled_and_pushed_from_one_cursor_is_the_same(string package)
    {
        var pulled = (await platform.DataAsync("acme-siem", "{ events(first: 200) { edges { cursor node { id } } } }")).GetProperty("events").GetProperty("edges").EnumerateArray().ToList();
        var (after, rest) = (pulled[2].GetProperty("cursor").GetString(), pulled.Skip(3).Take(20).Select(edge => (edge.GetProperty("cursor").GetString(), edge.GetProperty("node").GetProperty("id").GetString())));

        var pushed = await SubscribeAsync(package, "acme-siem", $"subscription {{ eventRecorded(after: \"{after}\") {{ cursor event {{ id message {{ subject }} }} }} }}", 20);

        Assert.Equal(rest, pushed.Select(result => Of(result, "eventRecorded")).Select(next => (next.GetProperty("cursor").GetString(), next.GetProperty("event").GetProperty("id").GetString())));
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData("graphql-sse")]
    public async Task An_import_is_followed_to_its_end(string package)
    {
        var id = GlobalId.Of(NodeKind.Import, platform.Seed.Acme.Import);

        var results = await SubscribeAsync(package, "acme-api", $"subscription {{ importProgress(id: \"{id}\") {{ id state done failed }} }}", 5);

        Assert.Equal("failed", Of(Assert.Single(results), "importProgress").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData("graphql-sse")]
    public async Task Another_tenants_import_is_nothing(string package)
    {
        var id = GlobalId.Of(NodeKind.Import, platform.Seed.Globex.Import);

        Assert.Empty(await SubscribeAsync(package, "acme-api", $"subscription {{ importProgress(id: \"{id}\") {{ id }} }}", 1));
    }

    [Fact]
    public async Task A_release_is_seen_by_who_follows_deliveries_and_by_nobody_else()
    {
        using var own = await FollowReleasesAsync("acme-api");
        using var other = await FollowReleasesAsync("globex-api");
        var delivery = platform.Seed.Acme.GlobalDelivery(0);

        await platform.DataAsync("acme-api", $"mutation {{ releaseDelivery(input: {{ deliveryId: \"{delivery}\" }}) {{ errors {{ code }} }} }}");

        var next = (await own.NextAsync()).GetProperty("payload").GetProperty("data").GetProperty("deliveryChanged");
        Assert.Equal("delivery.released", next.GetProperty("kind").GetString());
        Assert.Equal(delivery, next.GetProperty("delivery").GetProperty("id").GetString());
        // Its own release comes first to the other, so nothing of the first came before.
        var its = platform.Seed.Globex.GlobalDelivery(0);
        await platform.DataAsync("globex-api", $"mutation {{ releaseDelivery(input: {{ deliveryId: \"{its}\" }}) {{ errors {{ code }} }} }}");
        Assert.Equal(its, (await other.NextAsync()).GetProperty("payload").GetProperty("data").GetProperty("deliveryChanged").GetProperty("delivery").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("subscription { importProgress(id: \"x\") { state } }", "FORBIDDEN")]
    public async Task What_does_not_run_is_refused_before_the_stream(string query, string code)
    {
        var answer = await platform.ResultAsync("acme-siem", query, null, ("Accept", "text/event-stream"));

        Assert.Equal(code, answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_subscription_over_plain_http_is_told_where_to_go()
    {
        var answer = await platform.ResultAsync("acme-siem", "subscription { eventRecorded { cursor } }");

        Assert.Equal("STREAM_REQUIRED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private static JsonElement Of(JsonElement result, string field) => result.GetProperty("data").GetProperty(field);

    private async Task<LiveSocket> FollowReleasesAsync(string client)
    {
        var end = (await platform.DataAsync(client, "{ events(first: 1000) { nextCursor } }")).GetProperty("events").GetProperty("nextCursor").GetString();
        var socket = await LiveSocket.SignedInAsync(platform, client);
        await socket.SubscribeAsync("d", $"subscription {{ deliveryChanged(after: \"{end}\", filter: {{ states: [RELEASED] }}) {{ kind cursor delivery {{ id state message {{ subject }} }} }} }}");
        return socket;
    }

    private async Task<IReadOnlyList<JsonElement>> SubscribeAsync(string package, string client, string document, int take)
    {
        var modules = await NodePeers.InstalledAsync(package, TestContext.Current.CancellationToken);
        var url = new UriBuilder(platform.Address) { Scheme = package == "graphql-ws" ? "ws" : "http", Path = "/graphql" }.Uri.ToString();
        var (exit, output) = await NodePeers.RunAsync(
            "node",
            [RepositoryFile.Path($"tests/peers/{package}-subscribe.mjs"), url, await platform.TokenAsync(client), modules, take.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            RepositoryFile.Path("."),
            TestContext.Current.CancellationToken,
            document);
        Assert.True(exit == 0, output);
        var answer = JsonSerializer.Deserialize<JsonElement>(output.Split('\n', 2)[0]);
        Assert.Equal(JsonValueKind.Null, answer.EnumerateObject().Last().Value.ValueKind);
        return [.. answer.GetProperty("results").EnumerateArray()];
    }
}
