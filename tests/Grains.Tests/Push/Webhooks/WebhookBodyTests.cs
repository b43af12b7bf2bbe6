using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Push.Webhooks;

namespace Platform.Grains.Tests.Push.Webhooks;

public sealed class WebhookBodyTests
{
    [Fact]
    public void What_fits_is_sent_as_it_is()
    {
        var body = Body(new JsonObject { ["id"] = "e", ["subject"] = "件名" });

        Assert.Equal("{\"type\":\"delivery.queued\",\"timestamp\":\"1970-01-01T00:00:00.000Z\",\"data\":{\"id\":\"e\",\"subject\":\"件名\"}}", body);
    }

    [Fact]
    public void A_list_is_cut_before_what_is_short_and_keeps_its_total()
    {
        var links = new JsonArray([.. Enumerable.Range(0, 300).Select(i => (JsonNode)$"https://example.test/{i}/{new string('x', 80)}")]);

        var data = Data(Body(new JsonObject { ["id"] = "e", ["subject"] = "short", ["links"] = new JsonObject { ["total"] = 300, ["truncated"] = false, ["items"] = links } }));

        Assert.True(data.GetProperty("truncated").GetBoolean());
        Assert.Equal("short", data.GetProperty("subject").GetString());
        var cut = data.GetProperty("links");
        Assert.Equal((300, true, 150), (cut.GetProperty("total").GetInt32(), cut.GetProperty("truncated").GetBoolean(), cut.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public void Whatever_an_event_holds_the_body_is_below_its_bound_and_names_the_event() => Prop.ForAll(
        ArbMap.Default.ArbFor<KeyValuePair<string, string>[]>(),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (members, times) =>
        {
            var data = new JsonObject { ["id"] = "e", ["kind"] = "delivery.queued" };
            foreach (var (name, value) in members)
                data["m" + name] = string.Concat(Enumerable.Repeat(value, times.Get * 200));
            var body = Body(data);
            return System.Text.Encoding.UTF8.GetByteCount(body) < WebhookBody.MaxBytes && Data(body).GetProperty("id").GetString() == "e";
        }).QuickCheckThrowOnFailure();

    private static string Body(JsonObject data) => System.Text.Encoding.UTF8.GetString(WebhookBody.Of("delivery.queued", DateTimeOffset.UnixEpoch, data));

    private static JsonElement Data(string body) => JsonDocument.Parse(body).RootElement.GetProperty("data");
}
