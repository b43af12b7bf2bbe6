using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Engine.Feeds;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.Clamd;

/// <summary>Against the clamd of the system, with a signature of our own.</summary>
public sealed class ClamdSourceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_clamd_knows_is_a_hit_and_its_end_a_failure()
    {
        await using var clamd = await Support.Clamd.StartAsync("Made.Test.Signature-1", "a mark that no mail holds");
        using var room = Room(clamd.Port);

        var known = await room.AskAsync(Ask.Nothing, Encoding.ASCII.GetBytes("Subject: x\r\n\r\na mark that no mail holds\r\n"), Cancel);
        var unknown = await room.AskAsync(Ask.Nothing, Encoding.ASCII.GetBytes("Subject: x\r\n\r\nnothing\r\n"), Cancel);
        await clamd.DisposeAsync();
        var down = await room.AskAsync(Ask.Nothing, new byte[100], Cancel);

        Assert.Equal([new FeedHit("clamd", HitKind.Malware, "", "Made.Test.Signature-1.UNOFFICIAL", "")], known.Hits);
        Assert.Equal([SourceOutcome.Hit, SourceOutcome.NoHit, SourceOutcome.Failed], [known.Sources[0].Outcome, unknown.Sources[0].Outcome, down.Sources[0].Outcome]);
    }

    [Fact]
    public async Task A_stream_longer_than_clamd_takes_was_not_asked()
    {
        await using var clamd = await Support.Clamd.StartAsync("Made.Test.Signature-1", "a mark that no mail holds");
        using var room = Room(clamd.Port);

        var answers = await room.AskAsync(Ask.Nothing, new byte[3 * 1024 * 1024], Cancel);

        Assert.Equal((SourceOutcome.NotAsked, "the stream is longer than clamd takes"), (answers.Sources[0].Outcome, answers.Sources[0].Detail));
    }

    [Fact]
    public async Task A_message_beyond_the_setting_is_not_sent()
    {
        using var room = new FeedRoom(new FeedSettings { Antivirus = new AntivirusSettings { Clamd = "127.0.0.1:1", StreamMaxLength = 10 } }, null, online: true, TimeProvider.System, NullLogger.Instance);

        var answers = await room.AskAsync(Ask.Nothing, new byte[11], Cancel);

        Assert.Equal(SourceOutcome.NotAsked, answers.Sources[0].Outcome);
    }

    private static FeedRoom Room(int port) => new(
        new FeedSettings { Antivirus = new AntivirusSettings { Clamd = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") }, Patience = TimeSpan.FromSeconds(30) },
        null, online: true, TimeProvider.System, NullLogger.Instance);
}
