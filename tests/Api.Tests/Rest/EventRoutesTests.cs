using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

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
        using var response = await platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events", null, ("Accept", "application/x-ndjson"));
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
    [InlineData("?format=leef", "BAD_USER_INPUT")]
    [InlineData("?verdict=evil", "BAD_USER_INPUT")]
    [InlineData("?verdict=3", "BAD_USER_INPUT")]
    [InlineData("?direction=up", "BAD_USER_INPUT")]
    [InlineData("?since=yesterday", "BAD_USER_INPUT")]
    [InlineData("?wait=31", "BAD_USER_INPUT")]
    [InlineData("?limit=x", "BAD_USER_INPUT")]
    public async Task A_bad_question_is_an_error_never_a_restart(string query, string code) => await Problems.AssertAsync(await platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events" + query), 400, code);

    [Fact]
    public async Task A_stream_with_a_limit_says_in_its_headers_where_to_go_on()
    {
        var (lines, response) = await LinesAsync("acme-siem", "?limit=5&kind=delivery.quarantined");
        using (response)
        {
            var next = Assert.Single(response.Headers.GetValues("X-Next-Cursor"));
            var link = Assert.Single(response.Headers.GetValues("Link"));

            Assert.Equal(5, lines.Count);
            Assert.Equal(lines[^1].GetProperty("cursor").GetString(), next);
            Assert.Equal($"</v1/events?limit=5&kind=delivery.quarantined&after={next}>; rel=\"next\"", link);
        }
    }

    [Fact]
    public async Task A_stream_cut_at_any_line_goes_on_behind_the_last_that_was_taken()
    {
        var (all, response) = await LinesAsync("acme-siem", "");
        response.Dispose();
        foreach (var taken in new[] { 1, 17, all.Count - 1, all.Count })
        {
            var (rest, second) = await LinesAsync("acme-siem", "?after=" + all[taken - 1].GetProperty("cursor").GetString());
            second.Dispose();
            Assert.Equal(all.Skip(taken).Select(Id), rest.Take(all.Count - taken).Select(Id));
        }
    }

    [Theory]
    [InlineData("ecs", "labels")]
    [InlineData("ocsf", "unmapped")]
    [InlineData("asim", "AdditionalFields")]
    public async Task Each_form_has_the_cursor_in_the_room_for_what_is_not_its_own(string format, string room)
    {
        var (own, first) = await LinesAsync("acme-siem", "?limit=3");
        var (lines, second) = await LinesAsync("acme-siem", "?limit=3&format=" + format);
        first.Dispose();
        second.Dispose();
        var page = await platform.GetJsonAsync("acme-siem", "/v1/events?limit=3&format=" + format);

        Assert.Equal(own.Select(line => line.GetProperty("cursor").GetString()), lines.Select(line => line.GetProperty(room).GetProperty("cursor").GetString()));
        Assert.Equal(lines.Select(line => line.GetRawText()), page.GetProperty("events").EnumerateArray().Select(line => line.GetRawText()));
    }

    [Fact]
    public async Task The_feed_of_an_msp_is_one_order_over_its_tenants()
    {
        var (lines, response) = await LinesAsync("demo-msp-api", "");
        response.Dispose();
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(i => (long)i), lines.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.Equal(2, lines.Select(line => line.GetProperty("tenant").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Who_waits_gets_the_next_event_as_it_comes()
    {
        var end = (await platform.GetJsonAsync("acme-siem", "/v1/events?limit=1000")).GetProperty("nextCursor").GetString();
        var waiting = platform.GetJsonAsync("acme-siem", "/v1/events?wait=30&kind=directory.changed&after=" + end);
        await platform.Provider.GetRequiredService<IDirectoryCommands>().UpdateTenantAsync(
            Scope.System(platform.Seed.Acme.Id, "waited-for"), platform.Seed.Acme.Id, new TenantChange(), TestContext.Current.CancellationToken);

        var page = await waiting;
        Assert.NotEqual(0, page.GetProperty("events").GetArrayLength());
        Assert.NotEqual(end, page.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task Counts_are_by_day_and_kind()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var answer = await platform.GetJsonAsync("acme-siem", $"/v1/events/counts?from={today.AddDays(-1):yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        Assert.Equal(18, answer.GetProperty("counts").EnumerateArray().Where(count => count.GetProperty("kind").GetString() == "delivery.quarantined").Sum(count => count.GetProperty("count").GetInt64()));
    }

    private async Task<(List<JsonElement> Lines, HttpResponseMessage Response)> LinesAsync(string client, string query)
    {
        var response = await platform.SendAsync(client, HttpMethod.Get, "/v1/events" + query, null, ("Accept", "application/x-ndjson"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return ([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))], response);
    }

    private static string? Id(JsonElement line) => line.GetProperty("id").GetString();
}
