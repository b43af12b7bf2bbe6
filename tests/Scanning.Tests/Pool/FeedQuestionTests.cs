using System.Runtime.InteropServices;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Scanning.Tests.Pool;

/// <summary>Antivirus, feeds and lists of a process without network, asked by the pool.</summary>
public sealed class FeedQuestionTests
{
    private static readonly ScannerPoolOptions s_options = new() { Size = 1 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_pool_was_answered_is_a_reason_of_the_process_and_kept()
    {
        var feeds = new Told(_ => new FeedAnswers([new SourceStatus("clamd", SourceKind.Antivirus, SourceOutcome.Hit, "")], [new FeedHit("clamd", HitKind.Malware, "", "Made.Test", "")]));
        await using var pool = await Pools.StartedAsync(s_options, feeds: feeds);
        var mail = Mails.Plain();

        var verdict = (await pool.ScanAsync(Pools.Request(mail), Cancel)).Value!;
        var again = (await pool.ScanAsync(Pools.Request(mail) with { Context = Pools.Request(mail).Context with { Feeds = verdict.Feeds } }, Cancel)).Value!;

        Assert.Equal((VerdictKind.Malware, "known-malware"), (verdict.Kind, verdict.Reasons[0].Id));
        Assert.Equal(("clamd", "Made.Test"), (verdict.Sources[0].Name, verdict.Feeds!.Hits[0].Value));
        Assert.Equal((verdict.Score, 1), (again.Score, feeds.Messages.Count));
        Assert.Equal(mail, feeds.Messages[0]);
    }

    [Fact]
    public async Task Feeds_that_throw_cost_no_message()
    {
        await using var pool = await Pools.StartedAsync(s_options, feeds: new Told(_ => throw new IOException("as the test says")));

        var result = await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Empty(result.Value!.Sources);
    }

    [Fact]
    public async Task The_lists_of_the_tenant_stay_with_the_pool_and_count_all_the_same()
    {
        await using var pool = await Pools.StartedAsync(s_options);
        var entry = new ListEntry(ListAction.Block, ListEntryKind.Domain, "example.net", [], null, "", "tenant");

        var verdict = (await pool.ScanAsync(Pools.Request(Mails.Plain()) with { Entries = new ListEntries([entry]) }, Cancel)).Value!;

        Assert.Contains(verdict.Reasons, reason => reason.Id == "block-listed-sender");
        Assert.Equal([entry.Value], verdict.Feeds!.Entries.Select(kept => kept.Value));
    }

    [Fact]
    public async Task Patterns_are_looked_for_inside_of_the_walls()
    {
        if (!NativeLibrary.TryLoad("libyara.so.9", out _))
            Parts.Missing("libyara");
        var rules = Path.Combine(Directory.CreateTempSubdirectory("yara-test-").FullName, "rules.yar");
        await File.WriteAllTextAsync(rules, "rule Made : malware { strings: $a = \"a made mark\" condition: $a }", Cancel);
        // The process runs as nobody.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.GetDirectoryName(rules)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using var pool = await Pools.StartedAsync(s_options with { YaraRules = [rules] });

        var verdict = (await pool.ScanAsync(Pools.Request(Mails.WithFile("with a made mark in it")), Cancel)).Value!;

        Assert.Equal([new SourceStatus("yara", SourceKind.Yara, SourceOutcome.Hit, "")], verdict.Sources);
        Assert.Equal("Made", Assert.Single(verdict.Feeds!.Hits).Value);
        Assert.Equal(("yara-malware", VerdictKind.Malware), (verdict.Reasons[0].Id, verdict.Kind));
    }

    private sealed class Told(Func<FeedQuestions, FeedAnswers> answer) : IFeeds
    {
        public List<byte[]> Messages { get; } = [];

        public ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Messages.Add(message.ToArray());
            return ValueTask.FromResult(answer(questions));
        }
    }
}
