using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Feed;

/// <summary>Events a second of the MSP's whole feed, by NDJSON in one stream and by GraphQL in pages of 1,000; each event parsed and its number and id verified.</summary>
internal sealed class FeedRates(Uri http, BenchContext context)
{
    private const int LinesGoal = 10_000;
    private const int GraphQLGoal = 4_000;
    private const int Rounds = 3;
    private const string ClientId = "demo-msp-api";
    private const string Page =
        "query($after: String) { events(first: 1000, after: $after) { edges { cursor node { id sequence kind occurredAt recordedAt messageId deliveryId sender recipient subject direction verdict score action data } } pageInfo { hasNextPage } nextCursor } }";

    public async Task<Figure> MeasureAsync(CancellationToken cancellationToken)
    {
        using var platform = new PlatformClient(http, ClientId);
        using var client = new HttpClient { BaseAddress = http, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await platform.FetchTokenAsync(cancellationToken));
        var told = await FeedCounts.TotalAsync(platform, cancellationToken);
        var lines = await MedianAsync("NDJSON", told, tally => LinesAsync(client, tally, cancellationToken));
        var pages = await MedianAsync("GraphQL", told, tally => PagesAsync(client, tally, cancellationToken));
        return new Figure(
            "feed-rate",
            new JsonObject { ["ndjson"] = Math.Round(lines), ["graphql"] = Math.Round(pages) },
            "events a second",
            $"at least {LinesGoal} and {GraphQLGoal}",
            lines >= LinesGoal && pages >= GraphQLGoal)
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"medians of {Rounds} pulls of {told} events, warm; client and server on the same cores"),
        };
    }

    private async Task<double> MedianAsync(string way, long told, Func<FeedVerdict.Tally, Task> pull)
    {
        List<double> rates = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var tally = new FeedVerdict.Tally();
            var start = TimeProvider.System.GetTimestamp();
            await pull(tally);
            var rate = told / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            var verdict = tally.Judge(told);
            if (verdict.Faults > 0)
                throw new InvalidOperationException($"{way}: {verdict.Summary}");
            context.Progress.Say($"{way}: {rate:F0} events/s{(round == 0 ? " (warm-up)" : "")}");
            if (round > 0)
                rates.Add(rate);
        }

        return Statistics.Median(rates);
    }

    private static async Task LinesAsync(HttpClient client, FeedVerdict.Tally tally, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            tally.Add(json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("sequence").GetInt64());
        }
    }

    private static async Task PagesAsync(HttpClient client, FeedVerdict.Tally tally, CancellationToken cancellationToken)
    {
        string? after = null;
        for (var more = true; more;)
        {
            using var response = await client.PostAsJsonAsync("/graphql", new { query = Page, variables = new { after } }, cancellationToken);
            response.EnsureSuccessStatusCode();
            using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            var events = json.RootElement.GetProperty("data").GetProperty("events");
            foreach (var node in events.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")))
                tally.Add(node.GetProperty("id").GetString()!, node.GetProperty("sequence").GetInt64());
            after = events.GetProperty("nextCursor").GetString();
            more = events.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
        }
    }
}
