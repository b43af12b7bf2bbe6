using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class HandlerFailureTests
{
    private static readonly SmtpServerOptions Options = new() { Hostname = "mx.test" };
    private static readonly SmtpReply Full = SmtpReply.StorageFull;

    private const string Transaction = "EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n";

    public static TheoryData<string, int[]> Bugs => new()
    {
        { "mail", [220, 250, 451] },
        { "recipient", [220, 250, 250, 451] },
        { "begin", [220, 250, 250, 250, 451] },
        { "write", [220, 250, 250, 250, 354, 451] },
        { "complete", [220, 250, 250, 250, 354, 451] },
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_bug_of_the_host_is_a_temporary_failure(string where, int[] codes)
    {
        await using var conversation = new PipeConversation(Options, Failing(where, new InvalidOperationException("a bug")));

        foreach (var line in (Transaction + "hello\r\n.\r\n").Split("\r\n").Take(codes.Length == 6 ? 6 : codes.Length - 1))
            await conversation.SayAsync(line + "\r\n");

        Assert.Equal(codes, conversation.Codes);
        Assert.Contains("a bug", Assert.Single(conversation.Errors.Entries), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_refusal_is_told_as_it_is(string where, int[] codes)
    {
        await using var conversation = new PipeConversation(Options, Failing(where, new SmtpRefusedException(Full)));

        foreach (var line in (Transaction + "hello\r\n.\r\n").Split("\r\n").Take(codes.Length == 6 ? 6 : codes.Length - 1))
            await conversation.SayAsync(line + "\r\n");

        Assert.Equal([.. codes[..^1], 452], conversation.Codes);
        Assert.Empty(conversation.Errors.Entries);
    }

    [Fact]
    public async Task A_bug_at_the_door_closes_for_now()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler { OnConnect = _ => throw new InvalidOperationException("a bug") });

        await conversation.Session;

        Assert.Equal([421], conversation.Codes);
    }

    [Fact]
    public async Task A_refusal_at_the_door_closes()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler { OnConnect = _ => new SmtpReply(554, "5.7.1", "Not you") });

        await conversation.Session;

        Assert.Equal("554 5.7.1 Not you\r\n", conversation.Said);
    }

    [Fact]
    public async Task A_message_refused_while_it_streams_is_read_to_its_end_and_never_completed()
    {
        var handler = new RecordingHandler { OnWrite = length => { if (length > 10) throw new SmtpRefusedException(Full); } };
        await using var conversation = new PipeConversation(Options, handler);
        await conversation.SayAsync(Transaction);

        for (var i = 0; i < 10; i++)
            await conversation.SayAsync("more than ten\r\n");
        await conversation.SayAsync(".\r\nNOOP\r\n");

        Assert.Equal([452, 250], conversation.Codes.TakeLast(2));
        Assert.Equal((0, 1), (handler.Messages.Count, handler.Aborted));
    }

    [Fact]
    public async Task A_reply_of_421_from_the_host_closes()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler { OnMail = _ => new SmtpReply(421, "4.7.0", "Later") });

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nNOOP\r\n");

        Assert.Equal([220, 250, 421], conversation.Codes);
    }

    [Fact]
    public async Task A_refused_sender_opens_no_transaction()
    {
        await using var conversation = new PipeConversation(Options, new RecordingHandler { OnMail = _ => SmtpReply.RelayDenied });

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n");

        Assert.Equal([220, 250, 550, 503], conversation.Codes);
    }

    [Fact]
    public async Task Only_accepted_recipients_are_in_the_transaction()
    {
        var handler = new RecordingHandler { OnRecipient = r => r.LocalPart == "no" ? SmtpReply.MailboxUnknown : SmtpReply.RecipientAccepted };
        await using var conversation = new PipeConversation(Options, handler);

        await conversation.SayAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<yes@d.test>\r\nRCPT TO:<no@d.test>\r\nRCPT TO:<also@d.test>\r\nDATA\r\n");
        await conversation.SayAsync(".\r\n");

        Assert.Equal(["yes@d.test", "also@d.test"], handler.Message.Transaction.Recipients.Select(r => r.Address));
    }

    [Fact]
    public async Task A_client_that_leaves_within_the_message_has_it_dropped()
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler);
        await conversation.SayAsync(Transaction);

        await conversation.SayAsync("half a mess");
        await conversation.LeaveAsync();

        Assert.Equal((0, 1), (handler.Messages.Count, handler.Aborted));
    }

    private static RecordingHandler Failing(string where, Exception failure)
    {
        void Fail(string here)
        {
            if (here == where)
                throw failure;
        }

        return new RecordingHandler
        {
            OnMail = _ =>
            {
                Fail("mail");
                return SmtpReply.SenderAccepted;
            },
            OnRecipient = _ =>
            {
                Fail("recipient");
                return SmtpReply.RecipientAccepted;
            },
            OnBegin = () => Fail("begin"),
            OnWrite = _ => Fail("write"),
            OnComplete = _ =>
            {
                Fail("complete");
                return Task.FromResult(SmtpReply.Ok);
            },
        };
    }
}
