using System.Text;
using Platform.Engine.Feeds;
using Platform.Feeds.Lists;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.Lists;

public sealed class ListSourceTests
{
    private static readonly string s_digest = new('a', 64);

    public static TheoryData<string, FeedQuestions, HitKind?> Cases => new()
    {
        { "bad.example", Ask.Host("bad.example"), HitKind.Domain },
        { "bad.example", Ask.Host("www.shop.bad.example"), HitKind.Domain },
        { "bad.example", Ask.Host("notbad.example"), null },
        { "co.jp", Ask.Host("honest.co.jp"), null },
        { "http://x.example/a", Ask.Url("https://x.example/a?id=victim"), HitKind.Url },
        { "http://x.example/a", Ask.Url("https://x.example/b"), null },
        { "203.0.113.0/24", Ask.Origin("203.0.113.77"), HitKind.Address },
        { "203.0.113.0/24", Ask.Host("203.0.113.77"), HitKind.Domain },
        { "203.0.113.0/24", Ask.Origin("203.0.114.77"), null },
        { "2001:db8:7::/48", Ask.Origin("2001:db8:7:1::5"), HitKind.Address },
        { "who@bad.example", Ask.Sender("who@bad.example"), HitKind.Sender },
        { "bad.example", Ask.Sender("any@mail.bad.example"), HitKind.Sender },
        { s_digest, Ask.File(s_digest), HitKind.File },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_list_knows_what_it_names(string line, FeedQuestions questions, HitKind? kind)
    {
        var source = new ListSource("list");
        source.Put(new IndicatorTable(ListText.Read(Encoding.UTF8.GetBytes(line), 10)), DateTimeOffset.UnixEpoch);

        var answer = await source.AskAsync(questions, default, TestContext.Current.CancellationToken);

        Assert.Equal(kind, answer.Hits.Count == 0 ? null : answer.Hits[0].Kind);
    }

    [Fact]
    public async Task A_list_that_was_never_loaded_was_not_asked()
    {
        Assert.Equal(SourceOutcome.NotAsked, (await new ListSource("list").AskAsync(Ask.Nothing, default, TestContext.Current.CancellationToken)).Outcome);
    }
}
