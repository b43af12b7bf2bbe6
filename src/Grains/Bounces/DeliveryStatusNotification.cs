using System.Globalization;
using System.Text;

namespace Platform.Grains.Bounces;

/// <summary>
/// A delivery status notification as bytes: <c>multipart/report</c> (RFC 6522) of three parts: a text for people;
/// <c>message/delivery-status</c> (RFC 3464) for programs, one group of fields for the message and one for the recipient;
/// and what is returned of the message, its header (<c>text/rfc822-headers</c>) or all of it (<c>message/rfc822</c>).
/// It goes out with the null reverse-path, so that it can never cause another (RFC 5321, 4.5.5), and says
/// Auto-Submitted (RFC 3834). Addresses outside of ASCII take the type <c>utf-8</c> (RFC 6533).
/// </summary>
internal static class DeliveryStatusNotification
{
    public static byte[] Compose(DeliveryReport report, string hostname)
    {
        var boundary = $"=_report_{report.Id:N}";
        var returned = Returned(report.Returned);
        using var message = new MemoryStream();

        Line($"Date: {Date(report.Now)}");
        Line($"From: {EncodedWord(ReportText.SenderName(report.Language))} <mailer-daemon@{hostname}>");
        Line($"To: <{report.Sender}>");
        Line($"Subject: {EncodedWord(ReportText.Subject(report))}");
        Line($"Message-ID: <{report.Id:N}@{hostname}>");
        Line("Auto-Submitted: auto-replied");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"{boundary}\"");
        Line("");

        Line($"--{boundary}");
        Line("Content-Type: text/plain; charset=utf-8");
        Line("Content-Transfer-Encoding: base64");
        Line("");
        Line(Base64(ReportText.Body(report, hostname).ReplaceLineEndings("\r\n")));

        Line($"--{boundary}");
        Line("Content-Type: message/delivery-status");
        Line("");
        Line($"Reporting-MTA: dns; {hostname}");
        if (!string.IsNullOrEmpty(report.EnvelopeId) && Ascii.IsValid(report.EnvelopeId) && !report.EnvelopeId.Any(char.IsControl))
            Line($"Original-Envelope-Id: {report.EnvelopeId}");
        Line($"Arrival-Date: {Date(report.ArrivedAt)}");
        Line("");
        if (report.OriginalRecipient is { } original)
            Line($"Original-Recipient: {Typed(original.AddressType, original.Address)}");
        Line($"Final-Recipient: {Typed("rfc822", report.Recipient)}");
        Line($"Action: {ActionName(report.Action)}");
        Line($"Status: {report.Status}");
        if (report.RemoteMta is { } remote)
            Line($"Remote-MTA: dns; {Safe(remote)}");
        if (report.Diagnostic.Length > 0)
            Line($"Diagnostic-Code: {(report.RemoteMta is null ? "X-Inspection" : "smtp")}; {Safe(report.Diagnostic)}");
        Line($"Last-Attempt-Date: {Date(report.Now)}");
        Line("");

        if (returned.Length > 0)
        {
            Line($"--{boundary}");
            Line($"Content-Type: {(report.Returned.IsWhole ? "message/rfc822" : "text/rfc822-headers")}");
            Line($"Content-Transfer-Encoding: {(Ascii.IsValid(returned) ? "7bit" : "8bit")}");
            Line("");
            message.Write(returned);
            Line("");
        }
        Line($"--{boundary}--");
        return message.ToArray();

        void Line(string text) => message.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
    }

    /// <summary>Returned bytes with every line end made CRLF, as the notice itself must be.</summary>
    private static byte[] Returned(ReturnedContent content)
    {
        var bytes = content.Bytes.Span;
        using var lines = new MemoryStream(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            lines.Write(end < 0 ? bytes : bytes[..end]);
            lines.Write("\r\n"u8);
            if (end < 0)
                break;
            var skip = bytes[end] == (byte)'\r' && end + 1 < bytes.Length && bytes[end + 1] == (byte)'\n' ? 2 : 1;
            bytes = bytes[(end + skip)..];
        }
        return lines.ToArray();
    }

    private static string ActionName(ReportAction action) => action switch
    {
        ReportAction.Failed => "failed",
        ReportAction.Delivered => "delivered",
        ReportAction.Relayed => "relayed",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "not an action"),
    };

    private static string Typed(string type, string address)
    {
        if (Ascii.IsValid(address))
            return $"{type}; {address}";
        var encoded = new StringBuilder();
        foreach (var rune in address.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value is not ('\\' or '+' or '='))
                encoded.Append((char)rune.Value);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X2}}}");
        }
        return $"utf-8; {encoded}";
    }

    // A reply may hold anything that is no control character; fields of the status part are ASCII.
    private static string Safe(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    private static string Date(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string EncodedWord(string text) =>
        Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string Base64(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n");
}
