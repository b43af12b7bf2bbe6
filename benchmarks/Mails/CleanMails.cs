using System.Text;

namespace Platform.Benchmarks.Mails;

/// <summary>Clean mails, each with something that mail programs and servers have been seen to damage.</summary>
internal static class CleanMails
{
    public static byte[] Plain(string id, string to) => Ascii(id, to, "Lunch on Friday", "text/plain; charset=us-ascii", "7bit", "Shall we meet at noon?\r\n\r\nMika\r\n");

    public static byte[] EightBit(string id, string to) => Make(
        id, to, "=?utf-8?B?5p2l6YCx44Gu5Lya6K2w?=", "text/plain; charset=utf-8", "8bit",
        Encoding.UTF8.GetBytes("来週の会議は木曜日に変わりました。Grüße aus Köln, señor.\r\n"));

    /// <summary>ISO-2022-JP (RFC 1468): escape sequences that a line-minded filter may break.</summary>
    public static byte[] Iso2022Jp(string id, string to) => Make(
        id, to, "=?ISO-2022-JP?B?GyRCMnE1RCRONUQ7dk8/GyhC?=", "text/plain; charset=ISO-2022-JP", "7bit",
        CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-jp")!.GetBytes("会議の議事録をお送りします。\r\nよろしくお願いいたします。\r\n"));

    /// <summary>Lines of dots: dot-stuffing (RFC 5321 4.5.2) done once, and undone once.</summary>
    public static byte[] Dots(string id, string to) => Ascii(
        id, to, "Dots", "text/plain; charset=us-ascii", "7bit", "before\r\n.\r\n..\r\n...\r\n.leading\r\n..leading two\r\n . not first\r\nafter\r\n.\r\n");

    /// <summary>The longest text line there may be: 998 octets and the line end (RFC 5322 2.1.1).</summary>
    public static byte[] LongLine(string id, string to) => Ascii(
        id, to, "A long line", "text/plain; charset=us-ascii", "7bit", new string('x', 998) + "\r\nshort\r\n" + new string('y', 997) + "\r\n");

    /// <summary>A binary attachment in base64, and an empty part beside it.</summary>
    public static byte[] Attachment(string id, string to)
    {
        var picture = new byte[40_000];
        new Random(4711).NextBytes(picture);
        // The signature of PNG, so that the content is what its name says.
        new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a }.CopyTo(picture, 0);
        return Ascii(id, to, "The plan of the garden", "multipart/mixed; boundary=\"=_garden\"", "7bit",
            "--=_garden\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThe plan is attached.\r\n"
            + "--=_garden\r\nContent-Type: image/png; name=\"garden.png\"\r\nContent-Disposition: attachment; filename=\"garden.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(picture, Base64FormattingOptions.InsertLineBreaks) + "\r\n"
            + "--=_garden\r\nContent-Type: text/plain\r\n\r\n\r\n--=_garden--\r\n");
    }

    public static byte[] Alternative(string id, string to) => Ascii(
        id, to, "Opening hours in December", "multipart/alternative; boundary=b1", "7bit",
        "--b1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nWe are open from nine to five.\r\n"
        + "--b1\r\nContent-Type: text/html; charset=us-ascii\r\n\r\n<html><body><p>We are open from <b>nine to five</b>.</p></body></html>\r\n--b1--\r\n");

    /// <summary>White space and order that a re-serialiser would tidy up: folded and oddly spaced fields, trailing blanks, tabs, blank lines at the end.</summary>
    public static byte[] OddSpacing(string id, string to) => Encoding.ASCII.GetBytes(
        "Received: from inside.partner.example (inside.partner.example [198.51.100.9])\r\n\tby mail.partner.example; Tue, 24 Nov 2026 10:00:00 +0900\r\n"
        + $"SUBJECT:Minutes of \r\n\tTuesday  \r\nfrom:   Mika Aalto   <mika@partner.example>\r\nTo:{to}\r\nmessage-ID: <{id}>\r\n"
        + "Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nX-Empty:\r\nContent-type: TEXT/PLAIN\r\n\r\nTrailing blanks:   \r\n\ttab\t\r\n\r\n\r\n");

    public static byte[] Large(string id, string to)
    {
        var text = new StringBuilder();
        for (var line = 0; line < 15_000; line++)
            text.Append("Line of a long list of seeds and plants for the garden, number ").Append(line).Append("\r\n");
        return Ascii(id, to, "The whole list", "text/plain; charset=us-ascii", "7bit", text.ToString());
    }

    private static byte[] Ascii(string id, string to, string subject, string type, string encoding, string body) =>
        Make(id, to, subject, type, encoding, Encoding.ASCII.GetBytes(body));

    private static byte[] Make(string id, string to, string subject, string type, string encoding, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"From: Mika Aalto <mika@partner.example>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n"
            + $"Message-ID: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"),
        .. body,
    ];
}
