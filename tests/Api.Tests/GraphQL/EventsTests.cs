using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>The feed by the contract of events.</summary>
public sealed class EventsTests(TestPlatform platform)
{
    private const string Page = "query($first: Int, $after: String, $filter: EventFilter, $tenant: ID) { events(first: $first, after: $after, filter: $filter, tenant: $tenant) { edges { cursor node { id sequence kind tenantId occurredAt recordedAt } } pageInfo { hasNextPage endCursor } nextCursor } }";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_give_every_event_once_without_gaps(int first)
    {
        var sequences = new List<long>();
        string? after = null;
        bool more;
        do
        {
            var page = await EventsAsync("acme-siem", new { first, after });
            sequences.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("sequence").GetInt64()));
            after = page.GetProperty("nextCursor").GetString();
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
        }
        while (more);

        Assert.True(sequences.Count >= 50);
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (long)i), sequences);
    }

    [Fact]
    public async Task The_cursor_of_an_empty_page_is_not_null_and_goes_on()
    {
        var end = (await EventsAsync("acme-siem", new { first = 1000 })).GetProperty("nextCursor").GetString();
        var empty = await EventsAsync("acme-siem", new { first = 10, after = end });

        Assert.Equal((0, end), (empty.GetProperty("edges").GetArrayLength(), empty.GetProperty("nextCursor").GetString()));
        Assert.Equal(end, empty.GetProperty("pageInfo").GetProperty("endCursor").GetString());
    }

    [Fact]
    public async Task The_cursor_of_another_tenant_is_an_error_never_a_restart()
    {
        var theirs = (await EventsAsync("globex-siem", new { first = 1 })).GetProperty("nextCursor").GetString();
        var result = await platform.ResultAsync("acme-siem", Page, new { after = theirs });

        Assert.Equal("CURSOR_FOREIGN", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    public async Task A_filter_passes_over_others_and_loses_none(int first)
    {
        var found = new List<long>();
        string? after = null;
        bool more;
        do
        {
            var page = await EventsAsync("acme-siem", new { first, after, filter = new { kinds = new[] { "delivery.quarantined" } } });
            Assert.All(page.GetProperty("edges").EnumerateArray(), edge => Assert.Equal("delivery.quarantined", edge.GetProperty("node").GetProperty("kind").GetString()));
            found.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("sequence").GetInt64()));
            after = page.GetProperty("nextCursor").GetString();
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
        }
        while (more);

        Assert.Equal(18, found.Count);
        Assert.Equal(found.Order(), found);
    }

    [Fact]
    public async Task A_client_of_an_msp_names_the_tenant()
    {
        var unnamed = await platform.ResultAsync("demo-msp-api", Page, new { first = 1 });
        var named = await EventsAsync("demo-msp-api", new { first = 1, tenant = platform.Seed.Globex.GlobalTenant });

        Assert.Equal("TENANT_REQUIRED", unnamed.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(platform.Seed.Globex.GlobalTenant, named.GetProperty("edges")[0].GetProperty("node").GetProperty("tenantId").GetString());
    }

    [Fact]
    public async Task Counts_by_day_and_kind_agree_with_the_feed()
    {
        var counts = (await platform.DataAsync("acme-siem", "{ eventCounts(from: \"2026-11-24\", to: \"2026-11-24\") { day kind count } }")).GetProperty("eventCounts");

        Assert.Contains(counts.EnumerateArray(), count => count.GetProperty("kind").GetString() == "delivery.quarantined" && count.GetProperty("count").GetInt64() == 18 && count.GetProperty("day").GetString() == "2026-11-24");
    }

    [Theory]
    [InlineData("2026-11-24", "2026-11-23")]
    [InlineData("2025-11-24", "2026-11-25")]
    public async Task Counts_are_bounded(string from, string to)
    {
        var result = await platform.ResultAsync("acme-siem", "query($from: Date!, $to: Date!) { eventCounts(from: $from, to: $to) { count } }", new { from, to });

        Assert.Equal("to", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("field").GetString());
    }

    private async Task<JsonElement> EventsAsync(string client, object variables) => (await platform.DataAsync(client, Page, variables)).GetProperty("events");
}
