using System.Text;

namespace Platform.Scanning.Tests;

internal static class Mails
{
    public static byte[] Plain(string subject = "Hello", int bodyBytes = 40) => Encoding.ASCII.GetBytes(
        $"From: a@example.net\r\nTo: b@example.com\r\nSubject: {subject}\r\nMessage-ID: <1@example.net>\r\n\r\n{Lines(bodyBytes)}");

    /// <summary>Harms the scanner process that reads it, when the pool lets it.</summary>
    public static byte[] Poisoned(string kind) => Encoding.ASCII.GetBytes(
        $"From: a@example.net\r\nTo: b@example.com\r\nX-Poison: {kind}\r\nSubject: harm\r\n\r\nbody\r\n");

    private static string Lines(int bytes) => string.Concat(Enumerable.Repeat("All work and no play makes a dull line of text here.\r\n", (bytes / 54) + 1));
}
