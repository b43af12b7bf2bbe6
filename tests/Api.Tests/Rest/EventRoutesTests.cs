using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

public sealed class EventRoutesTests(TestPlatform platform)
{
    [Fact]
    public async Task Pages_and_the_stream_of_lines_give_the_same_events_in_order()
    {
        var paged = new List<string>();
        var cursor = "";
        bool more;
        do
        {
            var page = await platform.GetJsonAsync("acme-siem", "/v1/events?limit=7" + (cursor.Length == 0 ? "" : "&after=" + cursor));
            paged.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString()!;
            more = page.GetProperty("hasMore").GetBoolean();
        }
        while (more);
        using var response = await platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events?limit=9", null, ("Accept", "application/x-ndjson"));
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(paged, lines.Take(paged.Count).Select(line => line.GetProperty("id").GetString()));
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(i => (long)i), lines.Select(line => line.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task An_event_of_the_stream_holds_its_cursor_to_go_on_behind()
    {
        var first = (await platform.GetJsonAsync("acme-siem", "/v1/events?limit=3")).GetProperty("events");
        var next = await platform.GetJsonAsync("acme-siem", "/v1/events?limit=1&after=" + first[1].GetProperty("cursor").GetString());

        Assert.Equal(first[2].GetProperty("id").GetString(), next.GetProperty("events")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Kinds_narrow_and_the_names_are_those_of_the_contract()
    {
        var page = await platform.GetJsonAsync("acme-siem", "/v1/events?limit=1000&kind=delivery.quarantined");
        var event_ = page.GetProperty("events")[0];

        Assert.Equal(18, page.GetProperty("events").GetArrayLength());
        Assert.Equal(("info.zqacmecanary@acme.test", platform.Seed.Acme.GlobalTenant), (event_.GetProperty("recipient").GetString(), event_.GetProperty("tenant").GetString()));
        Assert.NotEqual(JsonValueKind.Undefined, event_.GetProperty("recordedAt").ValueKind);
    }

    [Theory]
    [InlineData("?after=nonsense", "CURSOR_INVALID")]
    [InlineData("?limit=0", "BAD_USER_INPUT")]
    [InlineData("?limit=1001", "BAD_USER_INPUT")]
    [InlineData("?limit=x", "BAD_USER_INPUT")]
    public async Task A_bad_question_is_an_error_never_a_restart(string query, string code) => await Problems.AssertAsync(await platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events" + query), 400, code);
}
