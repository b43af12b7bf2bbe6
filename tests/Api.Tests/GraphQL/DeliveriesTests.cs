using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class DeliveriesTests : IAsyncLifetime
{
    private const string Release = "mutation($id: ID!, $key: String) { releaseDelivery(input: { deliveryId: $id, clientMutationId: \"c1\", idempotencyKey: $key }) { delivery { id state releasedBy } errors { code message field } clientMutationId } }";

    private readonly TestPlatform _platform = new();

    private SeededTenant Acme => _platform.Seed.Acme;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_release_moves_exactly_that_delivery()
    {
        var payload = await MutateAsync(Release, Acme.GlobalDelivery(0));
        var states = (await _platform.DataAsync("acme-siem", "query($id: ID!) { message(id: $id) { deliveries { id state } } }", new { id = Acme.GlobalMessage(0) }))
            .GetProperty("message").GetProperty("deliveries").EnumerateArray().ToDictionary(d => d.GetProperty("id").GetString()!, d => d.GetProperty("state").GetString());

        Assert.Equal("[]", payload.GetProperty("errors").GetRawText());
        Assert.Equal("c1", payload.GetProperty("clientMutationId").GetString());
        Assert.Equal(("RELEASED", "QUARANTINED"), (states[Acme.GlobalDelivery(0)], states[Acme.GlobalDelivery(1)]));
    }

    [Fact]
    public async Task A_release_is_an_event_and_an_audit_entry_of_its_client()
    {
        await MutateAsync(Release, Acme.GlobalDelivery(0));
        var data = await _platform.DataAsync("acme-api", "query($id: ID!) { message(id: $id) { history { kind deliveryId } } auditLog(first: 1) { nodes { actor } } }", new { id = Acme.GlobalMessage(0) });

        var last = data.GetProperty("message").GetProperty("history").EnumerateArray().Last();
        Assert.Equal(("delivery.released", Acme.GlobalDelivery(0)), (last.GetProperty("kind").GetString(), last.GetProperty("deliveryId").GetString()));
        Assert.Equal("client:acme-api", data.GetProperty("auditLog").GetProperty("nodes")[0].GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_repeated_release_succeeds_and_acts_once()
    {
        await MutateAsync(Release, Acme.GlobalDelivery(0));
        var again = await MutateAsync(Release, Acme.GlobalDelivery(0));

        Assert.Equal("[]", again.GetProperty("errors").GetRawText());
        Assert.Equal(1, await ReleasesAsync());
    }

    [Fact]
    public async Task A_delivery_that_has_gone_out_cannot_be_released()
    {
        var payload = await MutateAsync(Release, Acme.GlobalDelivery(4));

        Assert.Equal("MOVE_NOT_ALLOWED", payload.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("DELIVERED", payload.GetProperty("delivery").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AgAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_unknown_delivery_is_a_typed_error(string id)
    {
        var payload = await MutateAsync(Release, id);

        Assert.Equal(("NOT_FOUND", "deliveryId"), (payload.GetProperty("errors")[0].GetProperty("code").GetString(), payload.GetProperty("errors")[0].GetProperty("field").GetString()));
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("delivery").ValueKind);
    }

    [Fact]
    public async Task A_key_used_for_another_delivery_is_refused()
    {
        await MutateAsync(Release, Acme.GlobalDelivery(0), "key-1");
        var other = await MutateAsync(Release, Acme.GlobalDelivery(1), "key-1");

        Assert.Equal("IDEMPOTENCY_KEY_REUSED", other.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("QUARANTINED", other.GetProperty("delivery").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_delete_and_a_rescan_move_theirs()
    {
        var deleted = await MutateAsync("mutation($id: ID!) { deleteDelivery(input: { deliveryId: $id }) { delivery { state } errors { code } } }", Acme.GlobalDelivery(0));
        var rescanned = await MutateAsync("mutation($id: ID!) { rescanDelivery(input: { deliveryId: $id }) { delivery { state } errors { code } } }", Acme.GlobalDelivery(2));

        Assert.Equal(("DELETED", "RECEIVED"), (deleted.GetProperty("delivery").GetProperty("state").GetString(), rescanned.GetProperty("delivery").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_bulk_release_tells_the_outcome_of_each()
    {
        var payload = (await _platform.DataAsync(
            "acme-api",
            "mutation($ids: [ID!]!) { releaseDeliveries(input: { deliveryIds: $ids }) { results { deliveryId delivery { state } errors { code } } errors { code } } }",
            new { ids = new[] { Acme.GlobalDelivery(0), Acme.GlobalDelivery(4), _platform.Seed.Globex.GlobalDelivery(0) } })).GetProperty("releaseDeliveries");

        var results = payload.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("errors").GetArrayLength() == 0 ? "released" : result.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(["released", "MOVE_NOT_ALLOWED", "NOT_FOUND"], results);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_bulk_release_is_bounded(int count)
    {
        var payload = (await _platform.DataAsync(
            "acme-api",
            "mutation($ids: [ID!]!) { releaseDeliveries(input: { deliveryIds: $ids }) { results { deliveryId } errors { code field } } }",
            new { ids = Enumerable.Repeat(Acme.GlobalDelivery(0), count) })).GetProperty("releaseDeliveries");

        Assert.Equal("BAD_USER_INPUT", payload.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(0, await ReleasesAsync());
    }

    private async Task<JsonElement> MutateAsync(string document, string id, string? key = null) =>
        (await _platform.DataAsync("acme-api", document, key is null ? new { id } : (object)new { id, key })).EnumerateObject().Single().Value;

    private async Task<int> ReleasesAsync() =>
        (await _platform.DataAsync("acme-api", "{ events(first: 1000, filter: { kinds: [\"delivery.released\"] }) { nodes { id } } }")).GetProperty("events").GetProperty("nodes").GetArrayLength();
}
