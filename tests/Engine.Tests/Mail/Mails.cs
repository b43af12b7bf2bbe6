using System.Text;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Mail;

/// <summary>
/// Messages written in tests: lines ended by CRLF, octets above 7F written as Latin-1. They are read by a clock that stands still:
/// what is found must not depend on how busy the machine is.
/// </summary>
internal static class Mails
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static MailMessage Read(string text, ScanLimits? limits = null) => Read(Bytes(text), limits);

    public static MailMessage Read(byte[] message, ScanLimits? limits = null) =>
        new MailReader(new FakeTimeProvider()).Read(message, limits ?? ScanLimits.Default, TestContext.Current.CancellationToken);

    public static string Base64(string text, Encoding? encoding = null) => Convert.ToBase64String((encoding ?? Encoding.UTF8).GetBytes(text));

    public static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

    public static MailMessage ReadHtml(string html) => Read(Encoding.UTF8.GetBytes($"From: a@b.test\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}"));

    public static MailMessage WithAttachment(string name, byte[] content, string type = "application/octet-stream", ScanLimits? limits = null) => Read(
        $"""
        From: a@b.test
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: text/plain

        see attached
        --outer
        Content-Type: {type}
        Content-Disposition: attachment; filename="{name}"
        Content-Transfer-Encoding: base64

        {Base64(content)}
        --outer--

        """,
        limits);

    public static IEnumerable<string> NoteIds(this MailMessage message) => message.Notes.Select(n => n.Id);
}
