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
    public async Task A_client_of_an_msp_that_names_no_tenant_gets_one_feed_over_all()
    {
        var all = await EventsAsync("demo-msp-api", new { first = 1000 });
        var nodes = all.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")).ToList();

        Assert.Equal(Enumerable.Range(1, nodes.Count).Select(i => (long)i), nodes.Select(node => node.GetProperty("sequence").GetInt64()));
        Assert.Equal(
            new[] { platform.Seed.Acme.GlobalTenant, platform.Seed.Globex.GlobalTenant }.Order(),
            nodes.Select(node => node.GetProperty("tenantId").GetString()).Distinct().Order());
    }

    [Fact]
    public async Task A_client_of_an_msp_that_names_a_tenant_gets_that_tenants_feed()
    {
        var named = await EventsAsync("demo-msp-api", new { first = 1000, tenant = platform.Seed.Globex.GlobalTenant });

        Assert.All(named.GetProperty("edges").EnumerateArray(), edge => Assert.Equal(platform.Seed.Globex.GlobalTenant, edge.GetProperty("node").GetProperty("tenantId").GetString()));
        var ofAll = (await EventsAsync("demo-msp-api", new { first = 1 })).GetProperty("nextCursor").GetString();
        var mixed = await platform.ResultAsync("demo-msp-api", Page, new { first = 1, after = ofAll, tenant = platform.Seed.Globex.GlobalTenant });
        Assert.Equal("CURSOR_FOREIGN", mixed.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verdict_direction_and_mailbox_narrow()
    {
        var filter = new { verdicts = new[] { "PHISHING" }, direction = "INBOUND", mailbox = "sales.zqacmecanary@acme.test" };
        var data = await platform.DataAsync(
            "acme-siem", "query($filter: EventFilter) { events(first: 100, filter: $filter) { nodes { verdict recipient } } }", new { filter });
        var nodes = data.GetProperty("events").GetProperty("nodes").EnumerateArray().ToList();

        // Phishing is every sixth message from the fifth on; outbound every fifth.
        Assert.Equal(3, nodes.Count);
        Assert.All(nodes, node => Assert.Equal(("PHISHING", "sales.zqacmecanary@acme.test"), (node.GetProperty("verdict").GetString(), node.GetProperty("recipient").GetString())));
    }

    [Fact]
    public async Task An_event_is_given_by_the_names_of_another_schema()
    {
        var data = await platform.DataAsync(
            "acme-siem", "{ events(first: 1, filter: { kinds: [\"delivery.quarantined\"] }) { nodes { id ecs: formatted(format: ECS) ocsf: formatted(format: OCSF) asim: formatted(format: ASIM) } } }");
        var node = data.GetProperty("events").GetProperty("nodes")[0];
        var id = node.GetProperty("id").GetString();

        Assert.Equal(id, node.GetProperty("ecs").GetProperty("event").GetProperty("id").GetString());
        Assert.Equal(id, node.GetProperty("ocsf").GetProperty("metadata").GetProperty("uid").GetString());
        Assert.Equal(id, node.GetProperty("asim").GetProperty("EventOriginalUid").GetString());
    }

    [Theory]
    [InlineData("acme-siem", 18)]
    [InlineData("demo-msp-api", 36)]
    public async Task Counts_by_day_and_kind_agree_with_the_feed(string client, long quarantined)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var counts = (await platform.DataAsync(
            client, "query($from: Date!, $to: Date!) { eventCounts(from: $from, to: $to) { day kind count } }", new { from = today.AddDays(-1), to = today })).GetProperty("eventCounts");

        Assert.Equal(quarantined, counts.EnumerateArray().Where(count => count.GetProperty("kind").GetString() == "delivery.quarantined").Sum(count => count.GetProperty("count").GetInt64()));
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
