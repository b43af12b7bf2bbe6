using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class DialogueTests
{
    [Fact]
    public async Task A_message_reaches_the_handler_as_it_was_sent()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();

        var reply = await client.SendMessageAsync("Subject: hello\r\n\r\nbody\r\n");

        Assert.Equal(250, reply.Code);
        Assert.Equal("Subject: hello\r\n\r\nbody\r\n", server.Handler.Message.Text);
    }

    [Fact]
    public async Task The_greeting_names_the_host()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OpenAsync();

        Assert.Equal("220 mx.test ESMTP", (await client.ReadAsync()).ToString());
    }

    [Fact]
    public async Task Ehlo_lists_the_extensions()
    {
        await using var server = await TestServer.StartAsync(new SmtpServerOptions { Hostname = "mx.test", MaxMessageBytes = 12_345 });
        await using var client = await server.ConnectAsync();

        var reply = await client.CommandAsync("EHLO client.test");

        Assert.Equal(["mx.test", "PIPELINING", "SIZE 12345", "8BITMIME", "SMTPUTF8", "CHUNKING", "DSN", "ENHANCEDSTATUSCODES"], reply.Lines);
    }

    [Fact]
    public async Task Helo_lists_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();

        Assert.Equal("250 mx.test", (await client.CommandAsync("HELO client.test")).ToString());
    }

    [Fact]
    public async Task The_handler_sees_who_speaks()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();

        await client.BeginAsync();

        var (peer, mail) = Assert.Single(server.Handler.Mails);
        Assert.Equal(("client.test", "ESMTP", "127.0.0.1", client.LocalEndPoint.Port), (peer.Helo, peer.Protocol, peer.RemoteAddress.ToString(), peer.RemotePort));
        Assert.Equal("sender@example.test", mail.ReversePath);
    }

    /// <summary>Commands in order, and what the last of them is answered.</summary>
    public static TheoryData<string, int, string> Answers => new()
    {
        { "NOOP", 250, "2.0.0" },
        { "NOOP with words", 250, "2.0.0" },
        { "noop", 250, "2.0.0" },
        { "RSET", 250, "2.0.0" },
        { "RSET now", 501, "5.5.4" },
        { "VRFY someone", 252, "2.5.0" },
        { "VRFY", 501, "5.5.4" },
        { "EXPN list", 502, "5.5.1" },
        { "HELP", 214, "2.0.0" },
        { "ETRN example.test", 502, "5.5.1" },
        { "TURN", 502, "5.5.1" },
        { "AUTH PLAIN AGEAYg==", 502, "5.5.1" },
        { "STARTTLS", 502, "5.5.1" },
        { "XCLIENT ADDR=192.0.2.1", 550, "5.7.0" },
        { "FOO", 500, "5.5.2" },
        { "", 500, "5.5.2" },
        { "EHLO", 501, "5.5.4" },
        { "EHLO two words", 501, "5.5.4" },
        { "EHLO <script>", 501, "5.5.4" },
        { "EHLO MY_PC.local.", 250, "ENHANCEDSTATUSCODES" },
        { "EHLO [192.0.2.1]", 250, "ENHANCEDSTATUSCODES" },
        { "EHLO [IPv6:2001:db8::1]", 250, "ENHANCEDSTATUSCODES" },
        { "MAIL FROM:<a@b.test>", 503, "5.5.1" },
        { "EHLO c|RCPT TO:<a@b.test>", 503, "5.5.1" },
        { "RCPT TO:<a@b.test>", 503, "5.5.1" },
        { "EHLO c|DATA", 503, "5.5.1" },
        { "EHLO c|MAIL FROM:<a@b.test>|DATA", 503, "5.5.1" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<nobody>|DATA", 554, "5.5.1" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<a@b.test>|DATA now", 501, "5.5.4" },
        { "EHLO c|MAIL FROM:<a@b.test>|MAIL FROM:<a@b.test>", 503, "5.5.1" },
        { "EHLO c|MAIL FROM:<>", 250, "2.1.0" },
        { "EHLO c|MAIL FROM: <a@b.test>", 250, "2.1.0" },
        { "EHLO c|mail from:<a@b.test>  ", 250, "2.1.0" },
        { "EHLO c|MAIL FROM:a@b.test", 501, "5.1.7" },
        { "EHLO c|MAIL TO:<a@b.test>", 501, "5.5.4" },
        { "EHLO c|MAIL", 501, "5.5.4" },
        { "EHLO c|MAIL FROM:<a@b.test>x", 501, "5.1.7" },
        { "EHLO c|MAIL FROM:<a@b.test> FOO=1", 555, "5.5.4" },
        { "EHLO c|MAIL FROM:<a@b.test> BODY=BINARYMIME", 555, "5.5.4" },
        { "EHLO c|MAIL FROM:<a@b.test> BODY=8BITMIME", 250, "2.1.0" },
        { "EHLO c|MAIL FROM:<a@b.test> SIZE=999999999999", 552, "5.3.4" },
        { "EHLO c|MAIL FROM:<a@b.test> SIZE=99999999999999999999", 552, "5.3.4" },
        { "EHLO c|MAIL FROM:<a@b.test> SIZE=1 SIZE=2", 501, "5.5.4" },
        { "EHLO c|MAIL FROM:<\u00C3\u00BC@b.test>", 553, "5.6.7" },
        { "EHLO c|MAIL FROM:<\u00C3\u00BC@b.test> SMTPUTF8", 250, "2.1.0" },
        { "EHLO c|MAIL FROM:<\u00FC@b.test> SMTPUTF8", 501, "5.1.7" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<\u00C3\u00BC@b.test>", 553, "5.6.7" },
        { "EHLO c|MAIL FROM:<a@b.test> SMTPUTF8|RCPT TO:<\u00C3\u00BC@b.test>", 250, "2.1.5" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<Postmaster>", 250, "2.1.5" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<>", 501, "5.1.3" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<a@b.test> FOO", 555, "5.5.4" },
        { "EHLO c|MAIL FROM:<a@b.test>|RCPT TO:<a@b.test> NOTIFY=SOMETIMES", 501, "5.5.4" },
        { "BDAT", 501, "5.5.4" },
        { "BDAT 0", 503, "5.5.1" },
        { "QUIT", 221, "2.0.0" },
        { "GET / HTTP/1.1", 554, "5.5.1" },
        { "POST / HTTP/1.1", 554, "5.5.1" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Commands_are_answered_as_the_protocol_says(string commands, int code, string status)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        Reply? reply = null;

        foreach (var command in commands.Split('|'))
            reply = await client.CommandAsync(command);

        Assert.Equal((code, status), (reply!.Code, reply.Status));
    }

    [Theory]
    [InlineData("QUIT", 221)]
    [InlineData("GET / HTTP/1.1", 554)]
    [InlineData("\u0016\u0003\u0001", 554)]
    [InlineData("BDAT many", 501)]
    [InlineData("NOOP\0", 521)]
    [InlineData("NOOP\rNOOP", 521)]
    [InlineData("NOOP\nNOOP", 521)]
    public async Task After_some_commands_nothing_more_is_read(string command, int code)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendAsync($"{command}\r\nEHLO c\r\nMAIL FROM:<a@b.test>\r\n");
        var replies = await client.ReadToEndAsync();

        Assert.Equal([code], replies.Select(r => r.Code));
        Assert.Empty(server.Handler.Mails);
    }

    [Fact]
    public async Task A_reset_forgets_the_transaction()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();
        await client.BeginAsync();

        await client.CommandAsync("RSET");

        Assert.Equal(503, (await client.CommandAsync("DATA")).Code);
    }

    [Fact]
    public async Task Ehlo_again_forgets_the_transaction()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();
        await client.BeginAsync();

        await client.CommandAsync("EHLO client.test");

        Assert.Equal(503, (await client.CommandAsync("DATA")).Code);
    }

    [Fact]
    public async Task Several_messages_go_through_one_session()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal(250, (await client.SendMessageAsync($"Subject: {i}\r\n\r\n")).Code);

        Assert.Equal(["0", "1", "2"], server.Handler.Messages.Select(m => m.Text[9..10]));
    }

    [Fact]
    public async Task A_client_that_closes_its_side_at_once_still_gets_its_answers()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendAsync("EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n");
        client.CloseSending();

        Assert.Equal([250, 250, 250, 354, 250, 221], (await client.ReadToEndAsync()).Select(r => r.Code));
    }
}
