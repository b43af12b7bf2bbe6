using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Tests.Support;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries.Smtp;

public sealed class SmtpClientTests
{
    private const string Head = "X-Inspection-Trace: mx.platform.test\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Contents => new()
    {
        { "dots at line starts", "Subject: x\r\n\r\n.\r\n..\r\n.end\r\n"u8.ToArray() },
        { "eight-bit text without a word about it", "Subject: \xE9\r\n\r\n日本語\r\n"u8.ToArray() },
        { "octets that are no text", [.. "\r\n"u8, 0x80, 0xFF, 0xFE, 0x00, 0x1B, .. "\r\n"u8] },
        { "a line of 100,000 octets", [.. "Subject: x\r\n\r\n"u8, .. Enumerable.Repeat((byte)'a', 100_000), .. "\r\n"u8] },
        { "a malformed header", "Subject\r\n : x\r\n\tno colon here\r\n\r\n\r\nbody\r\n"u8.ToArray() },
        { "no header at all", "\r\n"u8.ToArray() },
        { "a million octets of short lines", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789\r\n.x\r\n", 62_500))) },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Data_carries_every_octet_as_it_is(string what, byte[] body)
    {
        await using var server = new ScriptedSmtpServer();

        await SendAsync(server, Mail(body));

        Assert.True(server.Contents.Single().AsSpan().SequenceEqual([.. Encoding.ASCII.GetBytes(Head), .. body]), what);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Bdat_carries_every_octet_as_it_is(string what, byte[] body)
    {
        await using var server = new ScriptedSmtpServer { Capabilities = ["CHUNKING"] };

        await SendAsync(server, Mail(body));

        Assert.True(server.Contents.Single().AsSpan().SequenceEqual([.. Encoding.ASCII.GetBytes(Head), .. body]), what);
    }

    [Fact]
    public async Task Bdat_adds_no_line_end_to_a_last_line_without_one()
    {
        await using var server = new ScriptedSmtpServer { Capabilities = ["CHUNKING"] };

        await SendAsync(server, Mail("Subject: x\r\n\r\nno end"u8.ToArray()));

        Assert.EndsWith("no end", Encoding.ASCII.GetString(server.Contents.Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_ends_a_last_line_without_end_since_it_must()
    {
        await using var server = new ScriptedSmtpServer();

        await SendAsync(server, Mail("Subject: x\r\n\r\nno end"u8.ToArray()));

        Assert.EndsWith("no end\r\n", Encoding.ASCII.GetString(server.Contents.Single()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bare_line_feed_never_gets_to_the_end_of_the_content(bool chunking)
    {
        await using var server = new ScriptedSmtpServer { Capabilities = chunking ? ["CHUNKING"] : [] };

        await Assert.ThrowsAsync<UnsendableContentException>(() => SendAsync(server, Mail("a\r\n\r\nx\n.\r\nMAIL FROM:<evil@evil.test>\r\n"u8.ToArray())));

        Assert.DoesNotContain(server.Commands, c => c.Contains("evil", StringComparison.Ordinal) || c == "QUIT");
    }

    [Fact]
    public async Task Parameters_of_the_sender_are_passed_on()
    {
        await using var server = new ScriptedSmtpServer();
        var mail = Mail("\r\nx\r\n"u8.ToArray()) with
        {
            Notify = "SUCCESS,FAILURE",
            OriginalRecipient = "rfc822;a+b@old.test",
            Parameters = new SmtpParameters(EightBitMime: true, SmtpUtf8: false, Return: "HDRS", EnvelopeId: "id=1 +2"),
        };

        await SendAsync(server, mail);

        Assert.Equal(
            [
                "EHLO mx.platform.test",
                $"MAIL FROM:<sender@partner.test> SIZE={Head.Length + 5} BODY=8BITMIME RET=HDRS ENVID=id+3D1+20+2B2",
                "RCPT TO:<info@acme.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a+2Bb@old.test",
                "DATA",
            ],
            BeforeQuit(server));
    }

    [Fact]
    public async Task A_server_that_offers_nothing_gets_plain_commands()
    {
        await using var server = new ScriptedSmtpServer { Capabilities = [] };
        var mail = Mail("\r\n"u8.ToArray()) with
        {
            Notify = "SUCCESS",
            OriginalRecipient = "rfc822;x@y.test",
            Parameters = new SmtpParameters(EightBitMime: true, SmtpUtf8: true, Return: "FULL", EnvelopeId: "1"),
        };

        await SendAsync(server, mail);

        Assert.Equal(["EHLO mx.platform.test", "MAIL FROM:<sender@partner.test>", "RCPT TO:<info@acme.test>", "DATA"], BeforeQuit(server));
    }

    [Fact]
    public async Task A_server_without_ehlo_is_greeted_with_helo()
    {
        await using var server = new ScriptedSmtpServer { Script = c => c.StartsWith("EHLO", StringComparison.Ordinal) ? "502 what" : null };

        Assert.IsType<SmtpOutcome.Accepted>(await SendAsync(server, Mail("\r\n"u8.ToArray())));
    }

    [Theory]
    [InlineData("MAIL", "451 4.7.1 later")]
    [InlineData("MAIL", "550 5.7.1 never")]
    [InlineData("RCPT", "450 4.2.1 later")]
    [InlineData("RCPT", "550 5.1.1 nobody")]
    [InlineData("DATA", "452 4.3.1 full")]
    [InlineData("DATA", "554 5.6.0 no")]
    [InlineData(".", "451 4.3.0 later")]
    [InlineData(".", "552 5.3.4 too big")]
    public async Task A_refusal_anywhere_is_told_word_for_word(string command, string reply)
    {
        await using var server = new ScriptedSmtpServer { Script = c => c.Split(' ', ':')[0] == command ? reply : null };

        var refused = Assert.IsType<SmtpOutcome.Refused>(await SendAsync(server, Mail("\r\n"u8.ToArray())));

        Assert.Equal(reply, refused.Reply.Text);
    }

    [Theory]
    [InlineData("550-5.1.1 first\r\n550 5.1.1 second", "5.1.1")]
    [InlineData("550 no such user", "5.0.0")]
    [InlineData("550 4.1.1 of the wrong class", "5.0.0")]
    [InlineData("450 4.2.12345 too long", "4.0.0")]
    [InlineData("450", "4.0.0")]
    public async Task The_enhanced_status_is_that_of_the_reply_or_its_class(string reply, string status)
    {
        await using var server = new ScriptedSmtpServer { Script = c => c.StartsWith("RCPT", StringComparison.Ordinal) ? reply : null };

        var refused = Assert.IsType<SmtpOutcome.Refused>(await SendAsync(server, Mail("\r\n"u8.ToArray())));

        Assert.Equal(status, refused.Reply.EnhancedStatus);
    }

    [Theory]
    [InlineData("CONNECT", "554 5.7.1 go away")]
    [InlineData("CONNECT", "421 4.3.2 busy")]
    [InlineData("CONNECT", "no smtp at all")]
    [InlineData("CONNECT", "220-a\r\n250 b")]
    [InlineData("EHLO", ScriptedSmtpServer.Close)]
    [InlineData("RCPT", ScriptedSmtpServer.Close)]
    [InlineData("DATA", ScriptedSmtpServer.Close)]
    [InlineData(".", ScriptedSmtpServer.Close)]
    public async Task A_host_that_does_not_judge_the_message_is_another_matter(string command, string reply)
    {
        await using var server = new ScriptedSmtpServer { Script = c => c.Split(' ', ':')[0] == command ? reply : null };

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => SendAsync(server, Mail("\r\n"u8.ToArray())));

        Assert.StartsWith("4.", exception.Status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_replies_are_cut_off()
    {
        await using var server = new ScriptedSmtpServer { Greeting = new string('x', 100_000) };

        await Assert.ThrowsAsync<SmtpTransportException>(() => SendAsync(server, Mail("\r\n"u8.ToArray())));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_no_connection()
    {
        var server = new ScriptedSmtpServer();
        var host = Host(server);
        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => Client().SendAsync(host, Mail("\r\n"u8.ToArray()), Stop));

        Assert.Equal("4.4.1", exception.Status);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_the_time_out()
    {
        var silence = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Before = c => c.StartsWith("RCPT", StringComparison.Ordinal) ? silence.Task : Task.CompletedTask };
        var client = Client(new RelaySettings { Timeouts = new SmtpTimeouts { Command = TimeSpan.FromMilliseconds(200) } });

        var exception = await Assert.ThrowsAsync<SmtpTransportException>(() => client.SendAsync(Host(server), Mail("\r\n"u8.ToArray()), Stop));

        silence.SetResult();
        Assert.Equal("4.4.2", exception.Status);
    }

    [Fact]
    public async Task A_message_beyond_the_servers_limit_is_not_even_offered()
    {
        await using var server = new ScriptedSmtpServer { Capabilities = ["SIZE 1000"] };

        var impossible = Assert.IsType<SmtpOutcome.Impossible>(await SendAsync(server, Mail(new byte[1_001])));

        Assert.Equal(("5.3.4", false), (impossible.Status, server.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task International_addresses_go_with_smtputf8()
    {
        await using var server = new ScriptedSmtpServer();

        await SendAsync(server, Mail("\r\n"u8.ToArray()) with { Recipient = "情報@例え.test", Parameters = SmtpParameters.None with { SmtpUtf8 = true } });

        Assert.Contains(server.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal) && c.EndsWith(" BODY=8BITMIME SMTPUTF8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_smtputf8_an_international_domain_goes_in_ascii()
    {
        await using var server = new ScriptedSmtpServer { Capabilities = [] };

        await SendAsync(server, Mail("\r\n"u8.ToArray()) with { Recipient = "info@例え.test" });

        Assert.Contains("RCPT TO:<info@xn--r8jz45g.test>", server.Commands);
    }

    [Theory]
    [InlineData("情報@acme.test", "Subject: x\r\n\r\n")]
    [InlineData("info@acme.test", "Subject: 件名\r\n\r\n")]
    public async Task Without_smtputf8_international_mail_cannot_go(string recipient, string body)
    {
        await using var server = new ScriptedSmtpServer { Capabilities = ["8BITMIME"] };
        var mail = Mail(Encoding.UTF8.GetBytes(body)) with { Recipient = recipient, Parameters = SmtpParameters.None with { SmtpUtf8 = true } };

        var impossible = Assert.IsType<SmtpOutcome.Impossible>(await SendAsync(server, mail));

        Assert.Equal("5.6.7", impossible.Status);
    }

    [Fact]
    public void No_address_can_write_a_command_of_its_own()
    {
        Prop.ForAll<string>(text => !SmtpAddress.IsSendable(text ?? "") || !(text ?? "").AsSpan().ContainsAny('\r', '\n', '\0')).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("info@acme.test", true)]
    [InlineData("", true)]
    [InlineData("\"a b<c>\"@acme.test", true)]
    [InlineData("\"a\\\"> b\"@acme.test", true)]
    [InlineData("a b@acme.test", false)]
    [InlineData("a@acme.test> NOTIFY=NEVER", false)]
    [InlineData("a@acme.test\r\nRSET", false)]
    [InlineData("\"open@acme.test", false)]
    public void Only_what_fits_between_brackets_is_sent(string address, bool isSendable)
    {
        Assert.Equal(isSendable, SmtpAddress.IsSendable(address));
    }

    /// <summary>QUIT is said without waiting, so it may come after the outcome.</summary>
    private static IEnumerable<string> BeforeQuit(ScriptedSmtpServer server) => server.Commands.Where(c => c != "QUIT");

    private static Task<SmtpOutcome> SendAsync(ScriptedSmtpServer server, SmtpMail mail) => Client().SendAsync(Host(server), mail, Stop);

    private static SmtpHost Host(ScriptedSmtpServer server) => new("peer.test", server.EndPoint, TlsPolicy.May);

    private static SmtpClient Client(RelaySettings? relay = null) =>
        new(new FlowSettings { DataDirectory = ".", Hostname = "mx.platform.test", Relay = relay ?? new RelaySettings() }, TimeProvider.System);

    private static SmtpMail Mail(byte[] body) => new(
        "sender@partner.test", "info@acme.test", null, null, SmtpParameters.None,
        new OutgoingContent(Encoding.ASCII.GetBytes(Head), new MemoryStream(body), Ascii.IsValid(body)));
}
