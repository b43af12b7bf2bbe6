using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class LimitTests
{
    private static readonly SmtpServerOptions Options = new() { Hostname = "mx.test" };

    private const string Transaction = "EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n";

    [Fact]
    public async Task A_full_listener_says_so()
    {
        await using var server = await TestServer.StartAsync(Options with { MaxConnections = 1 });
        await using var first = await server.ConnectAsync();
        await using var second = await server.OpenAsync();

        Assert.Equal(421, (await second.ReadAsync()).Code);
        Assert.True(await second.IsClosedAsync());
    }

    [Fact]
    public async Task A_client_has_its_share_of_connections()
    {
        await using var server = await TestServer.StartAsync(Options with { MaxConnectionsPerAddress = 2 });
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();
        await using var third = await server.OpenAsync();

        Assert.Equal(421, (await third.ReadAsync()).Code);
    }

    [Fact]
    public async Task A_session_that_ended_makes_room()
    {
        await using var server = await TestServer.StartAsync(Options with { MaxConnections = 1 });
        await using (var first = await server.ConnectAsync())
        {
            await first.CommandAsync("QUIT");
            Assert.True(await first.IsClosedAsync());
        }

        await using var second = await server.OpenAsync();
        Assert.Equal(220, (await second.ReadAsync()).Code);
    }

    [Fact]
    public async Task Recipients_beyond_the_limit_are_to_be_sent_later()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options with { MaxRecipients = 2 }, handler);

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<1@d.test>\r\nRCPT TO:<2@d.test>\r\nRCPT TO:<3@d.test>\r\nDATA\r\n");
        await conversation.SayAsync(".\r\n");

        Assert.Equal([220, 250, 250, 250, 250, 452, 354, 250], conversation.Codes);
        Assert.Equal(2, handler.Message.Transaction.Recipients.Count);
    }

    [Fact]
    public async Task Too_many_errors_end_the_session()
    {
        await using var conversation = new PipeConversation(Options with { MaxErrors = 3 }, new RecordingHandler());

        await conversation.SayAsync("FOO\r\nFOO\r\nFOO\r\nFOO\r\n");

        Assert.Equal([220, 500, 500, 500, 421], conversation.Codes);
    }

    [Fact]
    public async Task Commands_that_move_no_mail_become_errors()
    {
        await using var conversation = new PipeConversation(Options with { MaxErrors = 2, MaxIdleCommands = 3 }, new RecordingHandler());

        await conversation.SayAsync("NOOP\r\nRSET\r\nVRFY x\r\nNOOP\r\nNOOP\r\nNOOP\r\n");

        Assert.Equal([220, 250, 250, 252, 250, 250, 421], conversation.Codes);
    }

    [Fact]
    public async Task Empty_chunks_without_end_become_errors()
    {
        await using var conversation = new PipeConversation(Options with { MaxErrors = 1, MaxIdleCommands = 5 }, new RecordingHandler());
        await conversation.SayAsync(Transaction.Replace("DATA\r\n", "", StringComparison.Ordinal));

        for (var i = 0; i < 10 && !conversation.Session.IsCompleted; i++)
            await conversation.SayAsync("BDAT 0\r\n");

        Assert.Equal(421, conversation.Codes.Last());
    }

    [Fact]
    public async Task A_message_makes_up_for_commands_that_move_none()
    {
        await using var conversation = new PipeConversation(Options with { MaxErrors = 1, MaxIdleCommands = 2 }, new RecordingHandler());

        for (var i = 0; i < 5; i++)
        {
            await conversation.SayAsync("RSET\r\n" + Transaction.Replace("EHLO", "HELO", StringComparison.Ordinal));
            await conversation.SayAsync(".\r\n");
        }

        Assert.DoesNotContain(421, conversation.Codes);
    }

    [Fact]
    public async Task A_session_has_so_many_messages()
    {
        await using var conversation = new PipeConversation(Options with { MaxMessagesPerConnection = 1 }, new RecordingHandler());
        await conversation.SayAsync(Transaction);

        await conversation.SayAsync(".\r\nMAIL FROM:<a@b.test>\r\n");

        Assert.Equal([354, 250, 421], conversation.Codes.TakeLast(3));
    }

    [Theory]
    [InlineData(510, 250)]
    [InlineData(511, 500)]
    public async Task A_command_line_has_its_length(int octets, int code)
    {
        await using var conversation = new PipeConversation(Options with { MaxCommandLength = 512 }, new RecordingHandler());

        await conversation.SayAsync($"NOOP {new string('a', octets - 5)}\r\n");

        Assert.Equal(code, conversation.Codes.Last());
    }

    [Fact]
    public async Task A_command_line_without_end_is_not_waited_for()
    {
        await using var conversation = new PipeConversation(Options with { MaxCommandLength = 512 }, new RecordingHandler());

        for (var i = 0; i < 600 && !conversation.Session.IsCompleted; i++)
            await conversation.SayAsync("a");

        Assert.Equal([220, 500], conversation.Codes);
    }

    [Theory]
    [InlineData(100, 250)]
    [InlineData(101, 552)]
    public async Task A_message_has_its_size_without_stuffing(int octets, int code)
    {
        await using var conversation = new PipeConversation(Options with { MaxMessageBytes = 100 }, new RecordingHandler());
        await conversation.SayAsync(Transaction);

        await conversation.SayAsync($"..{new string('a', octets - 3)}\r\n.\r\nNOOP\r\n");

        Assert.Equal([code, 250], conversation.Codes.TakeLast(2));
    }

    [Fact]
    public async Task A_message_far_too_large_is_not_read_to_its_end()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options with { MaxMessageBytes = 1_000 }, handler);
        await conversation.SayAsync(Transaction);

        for (var i = 0; i < 1_000 && !conversation.Session.IsCompleted; i++)
            await conversation.SayAsync("a line of the message\r\n");

        Assert.Equal(552, conversation.Codes.Last());
        Assert.Equal((0, 1), (handler.Messages.Count, handler.Aborted));
    }

    [Fact]
    public async Task A_line_too_long_refuses_the_message_and_not_the_session()
    {
        await using var conversation = new PipeConversation(Options with { MaxLineLength = 1_000 }, new RecordingHandler());
        await conversation.SayAsync(Transaction);

        await conversation.SayAsync(new string('a', 2_000) + "\r\n.\r\nNOOP\r\n");

        Assert.Equal([554, 250], conversation.Codes.TakeLast(2));
    }

    [Fact]
    public async Task A_client_that_speaks_first_is_refused()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var conversation = new PipeConversation(Options with { GreetingDelay = TimeSpan.FromSeconds(2) }, new RecordingHandler(), time);

        await conversation.SayAsync("EHLO c\r\n");

        Assert.Equal([554], conversation.Codes);
    }

    [Fact]
    public async Task A_client_that_waits_is_greeted_after_the_pause()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var conversation = new PipeConversation(Options with { GreetingDelay = TimeSpan.FromSeconds(2) }, new RecordingHandler(), time);
        var before = conversation.Said;

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(("", "220 mx.test ESMTP\r\n"), (before, conversation.Said));
    }
}
