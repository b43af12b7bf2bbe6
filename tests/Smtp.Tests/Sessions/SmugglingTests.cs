using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

/// <summary>No second message, whatever stands where an end of data might be seen.</summary>
public sealed class SmugglingTests
{
    private const string Evil = "MAIL FROM:<evil@x.test>\r\nRCPT TO:<victim@acme.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nboo";

    private static readonly string[] BeforeDot =
        ["\r\n", "\n", "\r", "\r\r\n", "\n\r\n", "\n\n", "\r\r", "\n\r", "\0\r\n", "\r\n\0", "\r\0\n", "\n\0", "\u0085", "\v", ""];

    private static readonly string[] AfterDot =
        ["\r\n", "\n", "\r", "\r\r\n", "\n\r", "\r\0\n", "\0\r\n", "\r\n\0", " \r\n", ".\r\n", "\u0085", ""];

    public static TheoryData<string, string> EndVariants
    {
        get
        {
            TheoryData<string, string> variants = [];
            foreach (var before in BeforeDot)
                foreach (var after in AfterDot)
                    if (before != "\r\n" || !after.StartsWith("\r\n", StringComparison.Ordinal))
                        variants.Add(Escape(before), Escape(after));
            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(EndVariants))]
    public async Task A_dot_between_other_line_ends_ends_nothing(string before, string after)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();
        await client.BeginAsync();
        await client.CommandAsync("DATA");

        await client.SendAsync($"Subject: first\r\n\r\nfirst{Unescape(before)}.{Unescape(after)}{Evil}\r\n.\r\n");
        client.CloseSending();
        var replies = await client.ReadToEndAsync();

        var accepted = server.Handler.Messages.Count;
        Assert.Equal(accepted == 1 ? [250] : [550], replies.Select(r => r.Code));
        Assert.Single(server.Handler.Mails);
    }

    public static TheoryData<string, string> FaultyContent => new()
    {
        { "bare LF", "a\nb\r\n" },
        { "bare CR", "a\rb\r\n" },
        { "NUL", "a\0b\r\n" },
        { "bare LF first", "\na\r\n" },
        { "bare CR first", "\ra\r\n" },
        { "bare CR last", "a\r\r\n" },
        { "bare LF in the header", "Subject: x\nFrom: y\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(FaultyContent))]
    public async Task A_message_of_broken_lines_is_refused_and_the_session_ends(string fault, string content)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();

        var reply = await client.SendMessageAsync(content);

        Assert.True(reply is { Code: 550, Status: "5.6.0" }, fault);
        Assert.True(await client.IsClosedAsync());
        Assert.Equal((0, 1), (server.Handler.Messages.Count, server.Handler.Aborted));
    }

    /// <summary>Scripts behind EHLO, MAIL and RCPT; the codes they are answered; the messages they make.</summary>
    public static TheoryData<string, string, string, string> Chunks => new()
    {
        { "one chunk", "BDAT 7 LAST\r\nhello\r\n", "250", "hello\r\n" },
        { "an end mark in a chunk is content", "BDAT 12 LAST\r\na\r\n.\r\nQUIT\r\nNOOP\r\n", "250 250", "a\r\n.\r\nQUIT\r\n" },
        { "a command in a chunk is content", "BDAT 6\r\nQUIT\r\nBDAT 0 LAST\r\n", "250 250", "QUIT\r\n" },
        { "a command behind a chunk is a command", "BDAT 3 LAST\r\na\r\nNOOP\r\n", "250 250", "a\r\n" },
        { "a dot line stays stuffed", "BDAT 4 LAST\r\n..\r\n", "250", "..\r\n" },
        { "CR and LF in two chunks", "BDAT 2\r\na\rBDAT 1 LAST\r\n\n", "250 250", "a\r\n" },
        { "no line end at the end", "BDAT 1 LAST\r\na", "250", "a" },
        { "nothing at all", "BDAT 0 LAST\r\n", "250", "" },
        { "bare LF, one chunk", "BDAT 3 LAST\r\na\nbNOOP\r\n", "550 250", null! },
        { "bare CR, one chunk", "BDAT 3 LAST\r\na\rbNOOP\r\n", "550 250", null! },
        { "NUL, one chunk", "BDAT 3 LAST\r\na\0bNOOP\r\n", "550 250", null! },
        { "bare CR at the very end", "BDAT 2 LAST\r\na\rNOOP\r\n", "550 250", null! },
        { "bare CR between chunks", "BDAT 2\r\na\rBDAT 1 LAST\r\nb", "250 550", null! },
        { "bare LF between chunks", "BDAT 1\r\naBDAT 2 LAST\r\n\nb", "250 550", null! },
        { "bare LF, told at the last chunk", "BDAT 2\r\na\nBDAT 3\r\nb\r\nBDAT 3 LAST\r\nc\r\n", "250 250 550", null! },
        { "size short by two leaves an empty line", "BDAT 5 LAST\r\nhello\r\nNOOP\r\n", "250 500 250", "hello" },
        { "size too long eats a command", "BDAT 13 LAST\r\nhello\r\nNOOP\r\n", "250", "hello\r\nNOOP\r\n" },
        { "size that is none closes", "BDAT 7x LAST\r\nMAIL FROM:<evil@x.test>\r\n", "501", null! },
        { "size beyond counting closes", "BDAT 99999999999999999999 LAST\r\nMAIL FROM:<evil@x.test>\r\n", "501", null! },
        { "size beyond patience closes", "BDAT 1001 LAST\r\nMAIL FROM:<evil@x.test>\r\n", "552", null! },
        { "negative size closes", "BDAT -1 LAST\r\nMAIL FROM:<evil@x.test>\r\n", "501", null! },
        { "LAST misspelt closes", "BDAT 6 LASTS\r\nQUIT\r\nMAIL FROM:<evil@x.test>\r\n", "501", null! },
        { "too much in two chunks is stepped over", $"BDAT 600\r\n{Line(600)}BDAT 600 LAST\r\n{Line(600)}NOOP\r\n", "250 552 250", null! },
        { "a chunk behind a failed one is stepped over", $"BDAT 600\r\n{Line(600)}BDAT 600\r\n{Line(600)}BDAT 25 LAST\r\nMAIL FROM:<evil@x.test>\r\nNOOP\r\n", "250 552 503 250", null! },
        { "DATA within chunks", "BDAT 3\r\na\r\nDATA\r\n", "250 503", null! },
        { "MAIL within chunks", "BDAT 3\r\na\r\nMAIL FROM:<b@x.test>\r\n", "250 503", null! },
        { "RCPT within chunks", "BDAT 3\r\na\r\nRCPT TO:<b@x.test>\r\n", "250 503", null! },
        { "RSET within chunks", "BDAT 3\r\na\r\nRSET\r\nBDAT 3 LAST\r\nb\r\nNOOP\r\n", "250 250 503 250", null! },
        { "EHLO within chunks", "BDAT 3\r\na\r\nEHLO c\r\nBDAT 3 LAST\r\nb\r\nNOOP\r\n", "250 250 503 250", null! },
        { "a chunk behind the last one", "BDAT 3 LAST\r\na\r\nBDAT 25 LAST\r\nMAIL FROM:<evil@x.test>\r\nNOOP\r\n", "250 503 250", "a\r\n" },
        { "a chunk behind RSET", "RSET\r\nBDAT 25 LAST\r\nMAIL FROM:<evil@x.test>\r\nNOOP\r\n", "250 503 250", null! },
        { "the client leaves within a chunk", "BDAT 100 LAST\r\nMAIL FROM:<evil@x.test>\r\n", "", null! },
        { "the client leaves between chunks", "BDAT 3\r\na\r\n", "250", null! },
    };

    [Theory]
    [MemberData(nameof(Chunks))]
    public async Task Chunks_are_told_from_commands_by_their_size_alone(string name, string script, string codes, string? message)
    {
        await using var server = await TestServer.StartAsync(new SmtpServerOptions { Hostname = "mx.test", MaxMessageBytes = 1000 });
        await using var client = await server.GreetAsync();
        await client.BeginAsync();

        await client.SendAsync(script);
        client.CloseSending();
        var replies = await client.ReadToEndAsync();

        Assert.True(codes == string.Join(' ', replies.Select(r => r.Code)), $"{name}: {string.Join(" | ", replies)}");
        Assert.Equal(message is null ? [] : [message], server.Handler.Messages.Select(m => m.Text));
        Assert.DoesNotContain(server.Handler.Mails, m => m.Mail.ReversePath.StartsWith("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RCPT TO:<victim@acme.test>\r\n")]
    [InlineData("\n")]
    [InlineData("x")]
    public async Task Input_behind_a_refused_DATA_is_not_read(string behind)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.GreetAsync();

        await client.SendAsync($"DATA\r\n{behind}MAIL FROM:<evil@x.test>\r\n");
        var replies = await client.ReadToEndAsync();

        Assert.Equal([503], replies.Select(r => r.Code));
        Assert.Empty(server.Handler.Mails);
    }

    private static string Line(int octets) => new string('a', octets - 2) + "\r\n";

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Unescape(string text) => Uri.UnescapeDataString(text);
}
