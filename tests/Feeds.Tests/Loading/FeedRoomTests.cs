using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Feeds;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.Loading;

public sealed class FeedRoomTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feeds-test-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_list_from_the_web_is_fetched_and_its_copy_outlives_the_server()
    {
        Uri root;
        using (var server = new WebServer(context => WebServer.Write(context, "http://bad.example/x\n")))
        {
            root = server.Root;
            using var room = Room(root);
            await room.LoadAsync(Cancel);
            Assert.Equal(SourceOutcome.Hit, (await room.AskAsync(Ask.Url("http://bad.example/x"), default, Cancel)).Sources[0].Outcome);
        }

        using var later = Room(root);
        await later.LoadAsync(Cancel);
        var answers = await later.AskAsync(Ask.Url("http://bad.example/x"), default, Cancel);

        Assert.Equal(SourceOutcome.Hit, answers.Sources[0].Outcome);
        Assert.Contains("not refreshed since", answers.Sources[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again()
    {
        using var server = new WebServer(context =>
        {
            if (context.Request.Headers["If-None-Match"] == "\"one\"")
            {
                context.Response.StatusCode = 304;
                return;
            }

            context.Response.AddHeader("ETag", "\"one\"");
            WebServer.Write(context, "bad.example\n");
        });
        using var room = Room(server.Root);

        await room.LoadAsync(Cancel);
        await room.LoadAsync(Cancel);
        var answers = await room.AskAsync(Ask.Host("bad.example"), default, Cancel);

        Assert.Equal((SourceOutcome.Hit, ""), (answers.Sources[0].Outcome, answers.Sources[0].Detail));
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_server_inside_of_our_own_network_is_not_asked_unless_allowed()
    {
        using var server = new WebServer(context => WebServer.Write(context, "bad.example\n"));
        using var room = Room(server.Root, networks: "");

        await room.LoadAsync(Cancel);
        var answers = await room.AskAsync(Ask.Host("bad.example"), default, Cancel);

        Assert.Equal(SourceOutcome.Failed, answers.Sources[0].Outcome);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Offline_only_what_lies_here_is_asked()
    {
        var path = Path.Combine(_folder, "list.txt");
        await File.WriteAllTextAsync(path, "bad.example\n", Cancel);
        using var room = new FeedRoom(
            new FeedSettings { Antivirus = new AntivirusSettings { Clamd = "127.0.0.1:3310" }, Lists = [new ListSetting { Name = "here", Location = path }], DnsLists = [new DnsListSetting { Zone = "dnsbl.test" }] },
            null, online: false, TimeProvider.System, NullLogger.Instance);

        await room.LoadAsync(Cancel);
        var answers = await room.AskAsync(Ask.Host("bad.example") with { Origin = "192.0.2.1" }, default, Cancel);

        Assert.Equal([SourceOutcome.NotAsked, SourceOutcome.Hit, SourceOutcome.NotAsked], answers.Sources.Select(source => source.Outcome));
    }

    [Fact]
    public async Task A_source_that_is_down_is_left_alone_for_a_while()
    {
        var clock = new FakeTimeProvider();
        using var room = new FeedRoom(new FeedSettings { Antivirus = new AntivirusSettings { Clamd = "127.0.0.1:1" } }, null, online: true, clock, NullLogger.Instance);

        for (var failure = 0; failure < 3; failure++)
            await room.AskAsync(Ask.Nothing, new byte[1], Cancel);
        var resting = await room.AskAsync(Ask.Nothing, new byte[1], Cancel);
        clock.Advance(TimeSpan.FromSeconds(31));
        var tried = await room.AskAsync(Ask.Nothing, new byte[1], Cancel);

        Assert.StartsWith("left alone for a while", resting.Sources[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("left alone", tried.Sources[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x.example/list", FeedFormat.List)]
    [InlineData("/a/path", FeedFormat.Taxii)]
    [InlineData("", FeedFormat.List)]
    public void A_location_that_leads_nowhere_is_refused(string location, FeedFormat format)
    {
        Assert.Throws<FeedSettingsException>(() => new FeedRoom(new FeedSettings { Lists = [new ListSetting { Name = "x", Location = location, Format = format }] }, null, online: true, TimeProvider.System, NullLogger.Instance));
    }

    private FeedRoom Room(Uri location, string networks = "127.0.0.0/8") => new(
        new FeedSettings { Networks = networks, Folder = _folder, Lists = [new ListSetting { Name = "web", Location = new Uri(location, "list").AbsoluteUri }] },
        null, online: true, TimeProvider.System, NullLogger.Instance);
}
