using System.Text;

namespace Platform.Scanning.Tests;

internal static class Mails
{
    public static byte[] Plain(string subject = "Hello", int bodyBytes = 40) => Encoding.ASCII.GetBytes(
        $"From: a@example.net\r\nTo: b@example.com\r\nSubject: {subject}\r\nMessage-ID: <1@example.net>\r\n\r\n{Lines(bodyBytes)}");

    public static byte[] WithFile(string content) => Encoding.ASCII.GetBytes(
        "From: a@example.net\r\nTo: b@example.com\r\nSubject: file\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + $"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=notes.bin\r\n\r\n{content}\r\n--b--\r\n");

    /// <summary>Harms the scanner process that reads it, when the pool lets it.</summary>
    public static byte[] Poisoned(string kind) => Encoding.ASCII.GetBytes(
        $"From: a@example.net\r\nTo: b@example.com\r\nX-Poison: {kind}\r\nSubject: harm\r\n\r\nbody\r\n");

    /// <summary>As Exchange journals: the envelope as text, then the message itself.</summary>
    public static byte[] Journal(byte[] mail, string recipient) =>
    [
        .. Encoding.ASCII.GetBytes(
            "From: journal@example.com\r\nTo: archive@example.com\r\nSubject: report\r\nX-MS-Journal-Report:\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
            + $"Sender: a@example.net\r\nSubject: The journaled one\r\nMessage-Id: <1@example.net>\r\nRecipient: {recipient}\r\n\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\n"),
        .. mail,
        .. "\r\n--b--\r\n"u8,
    ];

    private static string Lines(int bytes) => string.Concat(Enumerable.Repeat("All work and no play makes a dull line of text here.\r\n", (bytes / 54) + 1));
}
