using Platform.Engine.Feeds;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Feeds;

public sealed class FeedsInScanTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HitKind.Malware, "known-malware", VerdictKind.Malware)]
    [InlineData(HitKind.File, "hash-listed", VerdictKind.Malware)]
    [InlineData(HitKind.MalwareRule, "yara-malware", VerdictKind.Malware)]
    [InlineData(HitKind.Url, "url-listed", VerdictKind.Malware)]
    [InlineData(HitKind.Suspicion, "antivirus-suspicion", VerdictKind.Spam)]
    [InlineData(HitKind.Rule, "yara-match", VerdictKind.Spam)]
    [InlineData(HitKind.Domain, "domain-listed", VerdictKind.Spam)]
    [InlineData(HitKind.Sender, "sender-listed", VerdictKind.Spam)]
    [InlineData(HitKind.Address, "address-listed", VerdictKind.Spam)]
    public async Task What_a_source_knows_is_a_reason_that_names_it(HitKind kind, string reason, VerdictKind verdict)
    {
        var scan = await ScanAsync(new Told(SourceOutcome.Hit, new FeedHit("source", kind, "a.bin", "value", "why")));

        Assert.Equal(verdict, scan.Kind);
        Assert.Contains("(source: why)", Assert.Single(scan.Reasons, item => item.Id == reason).Evidence.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_over_what_was_answered_asks_nobody_and_says_the_same()
    {
        var first = await ScanAsync(new Told(SourceOutcome.Hit, new FeedHit("source", HitKind.Url, "", "bad.example/x", "")));
        var asked = new Told(SourceOutcome.NoHit);

        var again = await ScanAsync(asked, context => context with { Feeds = first.Feeds });

        Assert.Equal((first.Kind, first.Score, 0), (again.Kind, again.Score, asked.Count));
    }

    [Theory]
    [InlineData(SourceKind.Antivirus, SourceOutcome.NoHit, "feeds")]
    [InlineData(SourceKind.List, SourceOutcome.NoHit, "antivirus")]
    [InlineData(SourceKind.Antivirus, SourceOutcome.Failed, "feeds,antivirus,source:source")]
    public async Task What_gave_no_answer_is_said(SourceKind kind, SourceOutcome outcome, string expected)
    {
        var scan = await ScanAsync(new Told(outcome) { Kind = kind });

        Assert.Equal(expected, string.Join(',', scan.NotAsked.Where(id => id is "feeds" or "antivirus" || id.StartsWith("source:", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_files_links_and_senders_of_a_mail_are_asked_for()
    {
        var asked = new Told(SourceOutcome.NoHit);

        await ScanAsync(asked, mail: new TestMail { From = "Someone <Who@Partner.example>", Html = "<a href=\"HTTPS://Shop.Example:443/a?b#c\">x</a>", Files = [("a.txt", "abc"u8.ToArray())] });

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Assert.Single(asked.Questions!.Files).Sha256);
        Assert.Equal(("shop.example/a?b", "shop.example", "who@partner.example"), (asked.Questions.Urls[0], asked.Questions.Hosts[0], asked.Questions.Senders[0]));
        Assert.True(asked.Questions.IsBounded);
    }

    [Fact]
    public async Task Feeds_that_break_cost_their_own_answers()
    {
        var scan = await ScanAsync(new Broken());

        Assert.Contains("detector:feeds", scan.NotAsked);
        Assert.Equal(VerdictKind.Clean, scan.Kind);
    }

    private static async Task<Verdict> ScanAsync(IFeeds feeds, Func<ScanContext, ScanContext>? context = null, TestMail? mail = null)
    {
        var start = ScanContext.Offline(TestMail.Now, "acme.test");
        return await Scanner.Create(feeds: feeds).ScanAsync(new ScanRequest((mail ?? new TestMail()).ToBytes(), Envelope.None, context?.Invoke(start) ?? start), Cancel);
    }

    private sealed class Told(SourceOutcome outcome, params FeedHit[] hits) : IFeeds
    {
        public SourceKind Kind { get; init; } = SourceKind.List;

        public int Count { get; private set; }

        public FeedQuestions? Questions { get; private set; }

        public ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Count++;
            Questions = questions;
            return ValueTask.FromResult(new FeedAnswers([new SourceStatus("source", Kind, outcome, "")], hits));
        }
    }

    private sealed class Broken : IFeeds
    {
        public ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new InvalidOperationException("as the test says");
    }
}
