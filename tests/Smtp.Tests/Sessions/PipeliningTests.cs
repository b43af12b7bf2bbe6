using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class PipeliningTests
{
    private static readonly SmtpServerOptions Options = new() { Hostname = "mx.test" };

    [Fact]
    public async Task Replies_come_in_the_order_of_the_commands()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler());

        await conversation.SayAsync("EHLO c\r\nVRFY x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<nobody>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");

        Assert.Equal([220, 250, 252, 250, 501, 250, 354], conversation.Codes);
    }

    [Fact]
    public async Task Replies_to_commands_at_hand_leave_together()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler());
        var before = conversation.Flushes;

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");

        Assert.Equal(1, conversation.Flushes - before);
    }

    [Fact]
    public async Task The_next_transaction_may_follow_the_message_at_once()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler);
        const string Envelope = "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n";

        await conversation.SayAsync("EHLO c\r\n" + Envelope);
        await conversation.SayAsync("one\r\n.\r\n" + Envelope);
        await conversation.SayAsync("two\r\n.\r\nQUIT\r\n");

        Assert.Equal([220, 250, 250, 250, 354, 250, 250, 250, 354, 250, 221], conversation.Codes);
        Assert.Equal(["one\r\n", "two\r\n"], handler.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Commands_behind_QUIT_are_not_executed()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler);

        await conversation.SayAsync("EHLO c\r\nQUIT\r\nMAIL FROM:<a@b.test>\r\n");

        Assert.Equal([220, 250, 221], conversation.Codes);
        Assert.Empty(handler.Mails);
    }

    [Fact]
    public async Task A_line_without_its_end_is_not_a_command()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler);

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>");
        await conversation.LeaveAsync();

        Assert.Empty(handler.Mails);
    }
}
