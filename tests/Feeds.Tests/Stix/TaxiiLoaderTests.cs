using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Engine.Feeds;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.Stix;

/// <summary>Against a server that answers as TAXII 2.1 says, two pages a collection.</summary>
public sealed class TaxiiLoaderTests
{
    private const string Type = "application/taxii+json;version=2.1";
    private const string Id = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("taxii2/")]
    [InlineData("api1/")]
    [InlineData($"api1/collections/{Id}/")]
    public async Task Every_page_is_read_and_later_only_what_was_added(string start)
    {
        using var server = new WebServer(Answer);
        using var room = new FeedRoom(
            new FeedSettings { Networks = "127.0.0.0/8", Lists = [new ListSetting { Name = "taxii", Location = new Uri(server.Root, start).AbsoluteUri, Format = FeedFormat.Taxii, User = "u", Password = "p" }] },
            null, online: true, TimeProvider.System, NullLogger.Instance);

        await room.LoadAsync(Cancel);
        var first = await room.AskAsync(Ask.Nothing with { Hosts = ["a.example", "b.example", "revoked.example", "later.example"] }, default, Cancel);
        await room.LoadAsync(Cancel);
        var second = await room.AskAsync(Ask.Nothing with { Hosts = ["a.example", "later.example"] }, default, Cancel);

        Assert.Equal(["a.example", "b.example"], first.Hits.Select(hit => hit.Value));
        Assert.Equal(["a.example", "later.example"], second.Hits.Select(hit => hit.Value));
        Assert.Contains(server.Asked, url => url.Contains("added_after=2026-01-02", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_speaks_something_else_is_refused()
    {
        using var server = new WebServer(context => WebServer.Write(context, "{}", "application/json"));
        using var room = new FeedRoom(
            new FeedSettings { Networks = "127.0.0.0/8", Lists = [new ListSetting { Name = "taxii", Location = server.Root.AbsoluteUri, Format = FeedFormat.Taxii }] },
            null, online: true, TimeProvider.System, NullLogger.Instance);

        await room.LoadAsync(Cancel);
        var answers = await room.AskAsync(Ask.Host("a.example"), default, Cancel);

        Assert.Equal((SourceOutcome.Failed, "127.0.0.1 does not speak TAXII 2.1"), (answers.Sources[0].Outcome, answers.Sources[0].Detail));
    }

    private static void Answer(HttpListenerContext context)
    {
        var request = context.Request;
        if (request.Headers["Authorization"] != "Basic dTpw" || request.Headers["Accept"] != Type)
        {
            context.Response.StatusCode = 401;
            return;
        }

        var path = request.Url!.AbsolutePath;
        if (path.EndsWith("/objects/", StringComparison.Ordinal))
            context.Response.AddHeader("X-TAXII-Date-Added-Last", "2026-01-02T00:00:00.000Z");
        WebServer.Write(context, path switch
        {
            "/taxii2/" => """{"title":"t","api_roots":["/api1/","http://elsewhere.example/api/"]}""",
            "/api1/" => """{"title":"r","versions":["application/taxii+json;version=2.1"],"max_content_length":1000000}""",
            "/api1/collections/" => $$"""{"collections":[{"id":"{{Id}}","title":"c","can_read":true,"can_write":false},{"id":"x","title":"no","can_read":false,"can_write":true}]}""",
            _ when request.QueryString["added_after"] is not null => $$"""{"more":false,"objects":[{{Indicator("later.example")}}]}""",
            _ when request.QueryString["next"] == "p2" => $$"""{"more":false,"objects":[{{Indicator("b.example")}},{{Indicator("revoked.example", revoked: "true")}}]}""",
            _ => $$"""{"more":true,"next":"p2","objects":[{{Indicator("a.example")}}]}""",
        }, Type);
    }

    private static string Indicator(string domain, string revoked = "false") =>
        $$"""{"type":"indicator","id":"indicator--1","name":"n","pattern_type":"stix","pattern":"[domain-name:value = '{{domain}}']","valid_from":"2025-01-01T00:00:00Z","revoked":{{revoked}}}""";
}
