using Microsoft.Extensions.Time.Testing;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class TimeoutTests
{
    private static readonly SmtpServerOptions Options = new()
    {
        Hostname = "mx.test",
        CommandTimeout = TimeSpan.FromSeconds(60),
        DataTimeout = TimeSpan.FromSeconds(30),
        MessageTimeout = TimeSpan.FromSeconds(100),
        HandlerTimeout = TimeSpan.FromSeconds(40),
    };

    private const string Transaction = "EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n";

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(59, false)]
    [InlineData(62, true)]
    public async Task A_silent_client_is_told_and_left(int seconds, bool ended)
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler(), _time);

        Pass(seconds);

        Assert.Equal(ended, conversation.Said.Contains("421 4.4.2", StringComparison.Ordinal));
        Assert.Equal(ended, conversation.Session.IsCompleted);
    }

    [Fact]
    public async Task A_command_answered_begins_a_new_wait()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler(), _time);

        for (var i = 0; i < 5; i++)
        {
            Pass(50);
            await conversation.SayAsync("NOOP\r\n");
        }

        Assert.False(conversation.Session.IsCompleted);
    }

    [Fact]
    public async Task Dripping_a_command_does_not_prolong_the_wait()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler(), _time);

        for (var i = 0; i < 7 && !conversation.Session.IsCompleted; i++)
        {
            await conversation.SayAsync("x");
            Pass(10);
        }

        Assert.Equal([220, 421], conversation.Codes);
    }

    [Fact]
    public async Task A_pause_within_the_message_ends_it()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler, _time);
        await conversation.SayAsync(Transaction);
        await conversation.SayAsync("hello\r\n");

        Pass(32);

        Assert.Equal(421, conversation.Codes.Last());
        Assert.Equal((0, 1), (handler.Messages.Count, handler.Aborted));
    }

    [Fact]
    public async Task Dripping_a_message_ends_with_the_time_for_the_whole()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler(), _time);
        await conversation.SayAsync(Transaction);

        var passed = 0;
        for (; passed < 300 && !conversation.Session.IsCompleted; passed += 10)
        {
            await conversation.SayAsync("x\r\n");
            Pass(10);
        }

        Assert.Equal((421, true), (conversation.Codes.Last(), passed is >= 100 and <= 120));
    }

    [Fact]
    public async Task Dripping_chunks_ends_with_the_time_for_the_whole()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler(), _time);
        await conversation.SayAsync(Transaction.Replace("DATA\r\n", "", StringComparison.Ordinal));

        for (var passed = 0; passed < 300 && !conversation.Session.IsCompleted; passed += 20)
        {
            await conversation.SayAsync("BDAT 3\r\nx\r\n");
            Pass(20);
        }

        Assert.Equal(421, conversation.Codes.Last());
    }

    [Fact]
    public async Task The_hosts_own_time_is_not_charged_to_the_client()
    {
        var handler = new RecordingHandler { OnComplete = _ => { Pass(35); return Task.FromResult(SmtpReply.Ok); } };
        await using var conversation = new PipeConversation(Options with { MessageTimeout = TimeSpan.FromSeconds(10) }, handler, _time);
        await conversation.SayAsync(Transaction);

        await conversation.SayAsync("hello\r\n.\r\n");

        Assert.Equal(250, conversation.Codes.Last());
    }

    [Fact]
    public async Task A_handler_that_hangs_is_cancelled_and_the_client_told_to_try_again()
    {
        var handler = new RecordingHandler
        {
            OnComplete = async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return SmtpReply.Ok;
            },
        };
        await using var conversation = new PipeConversation(Options, handler, _time);
        await conversation.SayAsync(Transaction);
        await conversation.SayAsync("hello\r\n.\r\n");

        Pass(42);
        await conversation.Session.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal([451, 421], conversation.Codes.TakeLast(2));
        Assert.Empty(handler.Messages);
    }

    /// <summary>By seconds, as the clock of the listener ticks.</summary>
    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
            _time.Advance(TimeSpan.FromSeconds(1));
    }
}
