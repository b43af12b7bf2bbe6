using System.Net;

namespace Platform.Mails.Templates;

/// <summary>
/// Goes out in the place of a protected mail: who wrote, where it is read, and how to tell that it is honest. In the language of the
/// sender's organisation and, since nobody knows that of the reader, in the other one.
/// </summary>
/// <param name="From">Address of who wrote.</param>
public sealed record ProtectedNoticeMail(string From, Uri Link, DateTimeOffset Until, TimeZoneInfo Zone) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var from = ShownText.Of(From);
        var other = Wording.Of(words.Language == "ja" ? "en" : "ja");
        return new MailDocument(words.Format("protected.subject", from), words.Format("protected.mail.text", from),
        [
            .. In(words, from),
            new MailBlock.Button($"{words["protected.button"]} / {other["protected.button"]}", Link),
            .. In(other, from),
        ]);
    }

    private IEnumerable<MailBlock> In(Wording words, string from) =>
    [
        new MailBlock.Paragraph(words.Format("protected.mail.text", from)),
        new MailBlock.Paragraph(words["protected.how"]),
        new MailBlock.Note($"{words.Format("protected.until", words.Moment(Until, Zone))} {words.Format("protected.doubt", from)}"),
    ];
}

/// <summary>What stands behind the text of a mail whose files are protected.</summary>
public static class ProtectedFilesNote
{
    /// <param name="isLarge">They are because they are large.</param>
    public static string Text(Wording words, bool isLarge, Uri link, string until) =>
        $"{words[Key(isLarge)]} {words["protected.how"]}\r\n{link.AbsoluteUri}\r\n{words.Format("protected.until", until)}\r\n";

    public static string Html(Wording words, bool isLarge, Uri link, string until) =>
        $"<hr><p>{Encoded(words[Key(isLarge)])} {Encoded(words["protected.how"])}</p><p><a href=\"{Encoded(link.AbsoluteUri)}\">{Encoded(words["protected.files.button"])}</a></p><p>{Encoded(words.Format("protected.until", until))}</p>";

    private static string Key(bool isLarge) => isLarge ? "protected.large.text" : "protected.files.text";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>The code that opens a protected mail in one browser.</summary>
/// <param name="Code">Eight digits.</param>
public sealed record ReaderCodeMail(string From, string Code, TimeSpan Lasts) : IMailTemplate
{
    public MailDocument Write(Wording words)
    {
        var code = $"{Code[..4]} {Code[4..]}";
        var from = ShownText.Of(From);
        return new MailDocument(words.Format("reader-code.subject", from, code), words.Format("reader-code.text", from),
        [
            new MailBlock.Paragraph(words.Format("reader-code.text", from)),
            new MailBlock.Facts([(words["reader-code.code"], code)]),
            new MailBlock.Note(words.Format("reader-code.lasts", (int)Lasts.TotalMinutes)),
        ]);
    }
}
