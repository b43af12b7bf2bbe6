using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;
using Platform.Engine.Mail;

namespace Platform.Engine.Rewriting;

/// <summary>A mail of ours in the place of another: from, to and in answer to whom that one was, so that it stands in the same conversation.</summary>
internal static class ReplacedMail
{
    private const int MaxField = 64 * 1024;

    private static readonly string[] Kept = ["Date", "From", "Sender", "Reply-To", "To", "Cc", "Message-ID", "In-Reply-To", "References"];

    public static ReadOnlyMemory<byte> Write(MailMessage mail, MailReplacement replacement)
    {
        using var written = new MemoryStream();
        foreach (var name in replacement.Subject is null ? [.. Kept, "Subject"] : Kept)
        {
            if (mail.Header(name) is { Length: <= MaxField } field)
                Copy(written, mail.Raw.Span.Slice(field.Offset, field.Length));
        }

        if (replacement.Subject is { } subject)
            Line(written, "Subject: " + Encoding.ASCII.GetString(Rfc2047.EncodeText(Encoding.UTF8, subject)).Replace("?= =?", "?=\r\n =?", StringComparison.Ordinal));
        // By chance: a hash would tell whoever guesses the mail that this is it.
        var boundary = $"=_letter_{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        Line(written, "MIME-Version: 1.0");
        Line(written, $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"");
        Line(written, "");
        Part(written, boundary, "text/plain", replacement.Text);
        Part(written, boundary, "text/html", replacement.Html);
        Line(written, $"--{boundary}--");
        return written.ToArray();
    }

    private static void Part(MemoryStream written, string boundary, string type, string text)
    {
        Line(written, $"--{boundary}");
        Line(written, $"Content-Type: {type}; charset=utf-8");
        Line(written, "Content-Transfer-Encoding: base64");
        Line(written, "");
        Line(written, Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n"));
    }

    /// <summary>A field as it stands, each of its lines ended by CRLF; what some readers take for the end of a line and others do not is a space.</summary>
    private static void Copy(MemoryStream written, ReadOnlySpan<byte> field)
    {
        foreach (var line in field.TrimEnd("\r\n"u8).Split((byte)'\n'))
        {
            byte[] copied = [.. field[line].TrimEnd((byte)'\r')];
            copied.AsSpan().Replace((byte)'\r', (byte)' ');
            copied.AsSpan().Replace((byte)0, (byte)' ');
            written.Write(copied);
            written.Write("\r\n"u8);
        }
    }

    private static void Line(MemoryStream written, string text) => written.Write(Encoding.ASCII.GetBytes(text + "\r\n"));
}
