using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples;

/// <summary>
/// A plain business mail around files, with nothing in its words that asks for suspicion or speaks for it: what is judged is
/// what is attached. People, subjects and texts follow the seed, in English, Japanese or German.
/// </summary>
internal static class SampleMail
{
    private static readonly (string Name, string Address)[] Senders =
    [
        ("Anna Keller", "anna.keller@kellerbau.example"), ("佐藤 健一", "sato@sato-seisakusho.example"), ("James Whitfield", "j.whitfield@northpine.example"),
        ("Marie Dubois", "m.dubois@atelier-dubois.example"), ("김민준", "mj.kim@hansung.example"), ("Lukas Brandt", "brandt@brandt-logistik.example"),
    ];

    private static readonly (string Subject, string Text)[] Texts =
    [
        ("Minutes of Tuesday", "Hello,\r\n\r\nhere is the file from our meeting on Tuesday. Let me know if something is missing.\r\n\r\nBest regards"),
        ("Site plan, second version", "Dear colleagues,\r\n\r\nplease find the second version attached. The changes are on page three.\r\n\r\nKind regards"),
        ("打ち合わせの資料", "お世話になっております。\r\n\r\n先日の打ち合わせの資料をお送りします。ご確認のほどよろしくお願いいたします。"),
        ("Unterlagen zum Termin", "Guten Tag,\r\n\r\nanbei die Unterlagen zu unserem Termin am Donnerstag.\r\n\r\nFreundliche Grüße"),
        ("Figures for the quarter", "Hi,\r\n\r\nthe figures as discussed. The second sheet has the details.\r\n\r\nThanks"),
        ("見積書の送付", "いつもお世話になっております。\r\n\r\n見積書をお送りします。ご不明な点がございましたらお知らせください。"),
    ];

    public static byte[] With(Random random, params IReadOnlyList<SampleFile> files)
    {
        var (subject, text) = random.Pick(Texts);
        return With(random, subject, text, files);
    }

    /// <param name="text">The plain text body, CRLF lines.</param>
    public static byte[] With(Random random, string subject, string text, params IReadOnlyList<SampleFile> files)
    {
        var (name, address) = random.Pick(Senders);
        var boundary = Convert.ToHexStringLower(random.Bytes(12));
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"From: {Encoded(name)} <{address}>\r\nTo: <info@acme.test>\r\nSubject: {Encoded(subject)}\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"Date: {SampleClock.Now.AddMinutes(-random.Next(1, 600)):ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <{Convert.ToHexStringLower(random.Bytes(10))}@{address.Split('@')[1]}>\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Base64(Encoding.UTF8.GetBytes(text))}\r\n");
        foreach (var file in files)
            mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {file.MediaType}; name=\"{Encoded(file.Name)}\"\r\nContent-Disposition: attachment; filename=\"{Encoded(file.Name)}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Base64(file.Content.Span)}\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n");
        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    private static string Encoded(string text) => Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string Base64(ReadOnlySpan<byte> content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);
}
