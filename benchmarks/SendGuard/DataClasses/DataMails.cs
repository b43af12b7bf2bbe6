using System.Text;
using MimeKit;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Puts documents into mails: as the body in text or HTML, as a file of any format, or packed once more.</summary>
internal static class DataMails
{
    private static readonly string[] Carriers = ["body", "body", "body-html", "docx", "xlsx", "pptx", "odt", "ods", "pdf", "csv", "txt", "html", "rtf", "zip", "eml", "msg"];

    public static DataMail Make(Random random, DataDocument document)
    {
        var carrier = random.Pick(Carriers);
        if (carrier is "body" or "body-html")
            return new(document, carrier, carrier == "body" ? Message(random, TextFormats.Plain(random, document), null) : Message(random, "", TextFormats.Page(random, document)));
        var (name, content) = Packed(random, document, carrier, out var inside);
        return new(document, inside.Length > 0 ? $"{carrier}/{inside}" : carrier, Message(random, random.Pick(["添付のとおりです。よろしくお願いいたします。", "Please find the file attached.", "첨부 파일을 확인해 주세요."]), null, (name, content)));
    }

    private static (string Name, byte[] Content) Packed(Random random, DataDocument document, string carrier, out string inside)
    {
        inside = "";
        var name = random.Pick(["資料", "document", "명단", "list", "データ"]) + random.Next(100);
        switch (carrier)
        {
            case "zip":
                inside = random.Pick(["docx", "xlsx", "csv", "pdf", "txt", "eml"]);
                return ($"{name}.zip", OfficeFormats.Package([Packed(random, document, inside, out _)]));
            case "eml":
                return ($"{name}.eml", random.Chance(0.5)
                    ? Message(random, TextFormats.Plain(random, document), null)
                    : Message(random, "forwarded", null, Packed(random, document, inside = random.Pick(["xlsx", "csv", "docx"]), out _)));
            case "msg":
                return ($"{name}.msg", Outlook(random, document, out inside));
            default:
                return ($"{name}.{carrier}", File(random, document, carrier));
        }
    }

    private static byte[] File(Random random, DataDocument document, string format) => format switch
    {
        "docx" => OfficeFormats.Word(random, document),
        "xlsx" => OfficeFormats.Sheet(random, document),
        "pptx" => OfficeFormats.Slides(random, document),
        "odt" => OfficeFormats.OpenDocument(document, isSheet: false),
        "ods" => OfficeFormats.OpenDocument(document, isSheet: true),
        "pdf" => PdfFormat.Write(random, document),
        "csv" => Encoded(random, TextFormats.Separated(random, document)),
        "html" => Encoding.UTF8.GetBytes(TextFormats.Page(random, document)),
        "rtf" => TextFormats.RichText(document),
        _ => Encoded(random, TextFormats.Plain(random, document)),
    };

    /// <summary>In a character set that has all of its characters, the old ones first.</summary>
    private static byte[] Encoded(Random random, string text)
    {
        var encodings = new List<Encoding> { new UTF8Encoding(random.Chance(0.5)), new UnicodeEncoding(random.Chance(0.2), byteOrderMark: true) };
        foreach (var name in (string[])["shift_jis", "euc-kr", "euc-jp"])
        {
            var old = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            try
            {
                // Only what is written in a script is saved in its old set.
                if (old.GetBytes(text) is { Length: > 0 } && (name == "euc-kr" ? HasHangul(text) : !HasHangul(text) && text.Any(character => character is >= '\u3041' and <= '\u30fe')))
                    encodings.Add(old);
            }
            catch (EncoderFallbackException)
            {
                // This one does not have them.
            }
        }

        var encoding = random.Pick(encodings);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    private static bool HasHangul(string text) => text.Any(character => character is >= '\uac00' and <= '\ud7a3');

    private static byte[] Outlook(Random random, DataDocument document, out string inside)
    {
        var writer = new CompoundWriter()
            .Stream("__properties_version1.0", new byte[32])
            .Stream("__substg1.0_0037001F", Encoding.Unicode.GetBytes(random.Pick(["転送", "Fwd", "전달"])))
            .Stream("__substg1.0_001A001F", Encoding.Unicode.GetBytes("IPM.Note"));
        inside = random.Chance(0.5) ? "" : random.Pick(["xlsx", "docx"]);
        writer.Stream("__substg1.0_1000001F", Encoding.Unicode.GetBytes(inside.Length == 0 ? TextFormats.Plain(random, document) : "see file"));
        if (inside.Length > 0)
            writer.Stream("__attach_version1.0_#00000000/__substg1.0_37010102", File(random, document, inside))
                .Stream("__attach_version1.0_#00000000/__substg1.0_3707001F", Encoding.Unicode.GetBytes($"file.{inside}"));
        return writer.ToArray();
    }

    private static byte[] Message(Random random, string text, string? page, params IEnumerable<(string Name, byte[] Content)> files)
    {
        var builder = new BodyBuilder { HtmlBody = page };
        foreach (var (name, content) in files)
            builder.Attachments.Add(name, content, new ContentType("application", "octet-stream"));
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("", "sender@acme.test"));
        message.To.Add(new MailboxAddress("", $"{random.Word()}@partner.example"));
        message.Subject = random.Pick(["ご連絡", "資料送付の件", "Documents", "Re: schedule", "자료 송부", "확인 요청"]);
        message.Date = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.FromHours(9));
        message.MessageId = $"{random.Word()}.{random.Next()}@acme.test";
        if (text.Length > 0)
            builder.TextBody = text;
        message.Body = builder.ToMessageBody();
        if (text.Length > 0 && page is null && message.Body is TextPart part && random.Chance(0.4))
            part.SetText(Charset(text), text);
        using var output = new MemoryStream();
        message.WriteTo(output);
        return output.ToArray();
    }

    private static Encoding Charset(string text)
    {
        if (HasHangul(text))
            return Encoding.GetEncoding("euc-kr") is var korean && korean.GetString(korean.GetBytes(text)) == text ? korean : Encoding.UTF8;
        var mail = Encoding.GetEncoding("iso-2022-jp");
        return mail.GetString(mail.GetBytes(text)) == text ? mail : Encoding.UTF8;
    }
}
