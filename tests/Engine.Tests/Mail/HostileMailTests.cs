using System.Diagnostics;
using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Mail;

/// <summary>Messages made to cost more than their size. Each must end soon; the bound here is a guard against hanging, not a benchmark.</summary>
public sealed class HostileMailTests(ITestOutputHelper output)
{
    // Far above what any of them takes on a busy machine, far below what one that grows with the square would take.
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private static readonly ScanLimits Unhurried = ScanLimits.Default with { MaxTime = TimeSpan.FromMinutes(5) };

    private static readonly Dictionary<string, Func<byte[]>> Mails = new()
    {
        ["comments in From"] = () => Header("From", new string('(', 1_000_000)),
        ["comments in Content-Type"] = () => Header("Content-Type", "text/plain; " + new string('(', 1_000_000)),
        ["quotes in From"] = () => Header("From", Repeat("\"a", 500_000)),
        ["escaped quotes in 50 fields"] = () => Fields("From", 50, Repeat("\"\\", 32_000)),
        ["colons behind a quoted name in 50 fields"] = () => Fields("From", 50, $"\"{new string('a', 32_000)}@\"{new string(':', 32_000)}"),
        ["empty angles in 50 fields"] = () => Fields("From", 50, Repeat("<,", 32_000)),
        ["bare returns in 50 fields"] = () => Fields("X-A", 50, new string('\r', 64_000) + "x content-"),
        ["angles in From"] = () => Header("From", Repeat("<\"", 500_000)),
        ["colons in From"] = () => Header("From", Repeat("a:@", 300_000)),
        ["groups in From"] = () => Header("From", Repeat("g:", 500_000)),
        ["100,000 parameters"] = () => Header("Content-Type", "text/plain" + Repeat("; a=b", 100_000)),
        ["100,000 sections"] = () => Header("Content-Type", "text/plain" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"; name*{i}=b"))),
        ["50,000 addresses"] = () => Header("To", string.Join(", ", Enumerable.Range(0, 50_000).Select(i => $"Person {i} <p{i}@x.test>"))),
        ["encoded words"] = () => Header("Subject", Repeat("=?utf-8?B?44GC?= ", 60_000)),
        ["encoded words unended"] = () => Header("Subject", Repeat("=?utf-8?B?", 100_000)),
        ["50,000 header fields"] = () => Encoding.ASCII.GetBytes(Repeat("X-A: b\r\n", 50_000) + "\r\nbody"),
        ["folding"] = () => Header("Subject", Repeat("a\r\n ", 300_000)),
        ["junk lines"] = () => Encoding.ASCII.GetBytes("A: b\r\n" + Repeat("junk\r\n", 200_000) + "C: d\r\n\r\n"),
        ["one line without end"] = () => Encoding.ASCII.GetBytes(new string('a', 5_000_000)),
        ["NULs"] = () => new byte[5_000_000],
        ["dashes"] = () => Multipart(new string('-', 5_000_000)),
        ["dash lines"] = () => Multipart(Repeat("--\r\n", 1_000_000)),
        ["thousands of boundaries"] = () => Multipart(Repeat("--b\r\n", 300_000)),
        ["thousands of parts"] = () => Multipart(Repeat("--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n", 20_000)),
        ["deep multipart"] = () => Deep(5_000),
        ["deep messages"] = () => Encoding.ASCII.GetBytes(Repeat("Content-Type: message/rfc822\r\n\r\n", 100_000)),
        ["duplicates at every level"] = () => DeepAmbiguous(31),
        ["html depth"] = () => Html(Repeat("<div>", 200_000)),
        ["html formatting"] = () => Html(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<p><b a{i}><i b{i}><font c{i}>x"))),
        ["html mis-nesting"] = () => Html(Repeat("<a><table><td><b>", 50_000)),
        ["html attributes"] = () => Html("<a " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=b ")) + ">"),
        ["html comments unended"] = () => Html(Repeat("<!--", 400_000)),
        ["html open brackets"] = () => Html(Repeat("<a ", 500_000)),
        ["html table text"] = () => Html("<table>" + Repeat("x<tr>", 100_000)),
        ["html table text closed"] = () => Html("<table>" + Repeat("x<tr></tr>", 100_000)),
        ["html table text long"] = () => Html("<table>" + Repeat("x", 1_000_000) + "<tr>"),
        ["html sibling tables"] = () => Html(Repeat("<table>x</table>", 30_000)),
        ["html classes"] = () => Html("<p class='" + Repeat("a ", 500_000) + "'>x</p>"),
        ["html copied formatting"] = () => Html(string.Concat(Enumerable.Range(0, 6_000).Select(i => $"<p><b x={i}><table><td></b></table></p>"))),
        ["html copied formatting in text"] = () => Html(string.Concat(Enumerable.Range(0, 200).Select(i => $"<p><b x={i}></p>")) + Repeat("<p>x</p>", 15_000)),
        ["html copied formatting at usual depth"] = () => Html(string.Concat(Enumerable.Range(0, 36).Select(i => $"<p><b x={i}></p>")) + Repeat("<p>x</p>", 19_000)),
        ["html closings that close nothing"] = () => Html(Repeat("<div><object></div></object>", 9_000)),
        ["html closings in comments"] = () => Html(Repeat("<div><!--</div>-->", 13_000)),
        ["html attributes behind a quote"] = () => Html("<a x= \">\" " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=b ")) + ">"),
        ["html tags behind a false quote"] = () => Html("<a x==\">" + Repeat("<div>", 39_000) + "\">"),
        ["html foster parents"] = () => Html("<table>" + Repeat("<tr></tr>x", 19_000)),
        ["html copied formatting in 50 parts"] = () => Multipart(Repeat("--b\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Range(0, 36).Select(i => $"<p><b x={i}></p>\r\n")) + Repeat("<p>x</p>\r\n", 2_000) + "\r\n", 50)),
        ["script-like members"] = ScriptMembers,
        ["html lists"] = () => Html(Repeat("<li><p>a<dd>", 60_000)),
        ["html select"] = () => Html("<select>" + Repeat("<option>a<optgroup>", 60_000)),
        ["html entities"] = () => Html(Repeat("&notit;&#x1F600;&amp", 60_000)),
        ["html styles"] = () => Html("<style>" + Repeat(".a,.b,.c{display:none}", 10_000) + "</style>" + Repeat("<p class='a b c d e f'>x</p>", 30_000)),
        ["html images"] = () => Html(Repeat("<img src=cid:x>", 60_000)),
        ["links in text"] = () => Text(Repeat("http://a.test/" + new string(')', 4_000) + " ", 300)),
        ["links without space"] = () => Text(Repeat("http://", 200_000)),
        ["many links"] = () => Text(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"http://h{i}.test/ "))),
        ["delimiters by prefix"] = () => Multipart(Repeat("--bx\r\n\r\n", 200_000)),
        ["delimiters after bare returns"] = () => Multipart(Repeat("\r--b", 500_000)),
        ["multiparts never begun"] = () => Multipart(Repeat("--b\r\nContent-Type: multipart/mixed; boundary=none\r\n\r\n", 2_000) + Repeat("line of text\r\n", 300_000)),
        ["multiparts never closed"] = () => Multipart(Repeat("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 2_000) + Repeat("line of text\r\n", 300_000)),
        ["boundary of dashes"] = () => Encoding.ASCII.GetBytes($"Content-Type: multipart/mixed; boundary=\"{new string('-', 8_000)}x{new string('-', 7_000)}\"\r\n\r\n" + Repeat(new string('-', 14_000) + "\r\n", 400)),
        ["headers over delimiters"] = () => Multipart(Repeat("--b\r\nContent-Type: text/plain\r\n", 100_000)),
        ["yenc begins"] = () => Text(Repeat("=ybegin line=1 size=1 name=a\r\n", 100_000)),
        ["uuencode begins"] = () => Text(Repeat("begin 644 a\r\n", 100_000)),
        ["yenc begins behind bare returns"] = () => Text(Repeat("\r=ybegin ", 400_000)),
        ["uuencode begins behind bare returns"] = () => Text(Repeat("\rbegin ", 500_000)),
        ["base64 junk"] = () => Encoded("base64", Repeat("=A==?", 1_000_000)),
        ["quoted-printable"] = () => Encoded("quoted-printable", Repeat("= ", 2_000_000)),
        ["utf-7"] = () => Encoding.ASCII.GetBytes("Content-Type: text/plain; charset=utf-7\r\n\r\n" + Repeat("+AGEAYQ-+", 300_000)),
        ["25 MB attachment"] = () => Encoded("base64", Convert.ToBase64String(new byte[18_000_000], Base64FormattingOptions.InsertLineBreaks)),
        ["script-like text"] = () => Attached(Repeat("function(", 300_000)),
        ["markup-like text"] = () => Attached(Repeat("<!-- -->", 300_000)),
    };

    public static TheoryData<string> Kinds => [.. Mails.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ends_soon(string kind)
    {
        var message = Mails[kind]();
        var started = Stopwatch.GetTimestamp();
        var read = new MailReader().Read(message, Unhurried, TestContext.Current.CancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{kind}: {elapsed.TotalMilliseconds:0} ms, {message.Length} bytes, {read.Leaves.Count} leaves, notes {string.Join(' ', read.Notes.Select(n => n.Id).Distinct())}");
        Assert.True(elapsed < HangGuard, $"{kind} took {elapsed}");
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static byte[] Header(string name, string value) => Encoding.ASCII.GetBytes($"{name}: {value}\r\n\r\nbody\r\n");

    private static byte[] Fields(string name, int count, string value) => Encoding.ASCII.GetBytes(Repeat($"{name}: {value}\r\n", count) + "\r\nbody\r\n");

    private static byte[] Multipart(string body) => Encoding.ASCII.GetBytes($"Content-Type: multipart/mixed; boundary=b\r\n\r\n{body}");

    private static byte[] Html(string html) => Encoding.ASCII.GetBytes($"Content-Type: text/html\r\n\r\n{html}");

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes($"Content-Type: text/plain\r\n\r\n{text}");

    private static byte[] Attached(string text) => Encoding.ASCII.GetBytes($"Content-Type: application/octet-stream; name=a.txt\r\n\r\n{text}");

    private static byte[] Encoded(string encoding, string body) => Encoding.ASCII.GetBytes($"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}");

    private static byte[] ScriptMembers()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            var text = Encoding.ASCII.GetBytes(Repeat("function(\n", 2_000));
            for (var i = 0; i < 3_000; i++)
            {
                using var entry = zip.CreateEntry($"{i}.txt").Open();
                entry.Write(text);
            }
        }

        return Encoded("base64", Convert.ToBase64String(stream.ToArray(), Base64FormattingOptions.InsertLineBreaks));
    }

    private static byte[] Deep(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] DeepAmbiguous(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}; boundary=c{i}\r\nContent-Type: text/plain\r\n\r\n--c{i}\r\n\r\n--b{i}\r\n");
        return Encoding.ASCII.GetBytes(text + new string('x', 2_000_000));
    }
}
