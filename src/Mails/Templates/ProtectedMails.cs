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

/// <summary>How files of a mail are protected whose text goes out.</summary>
public enum ProtectedFilesKind
{
    InReader,

    /// <summary>In the reader, because they are large.</summary>
    Large,

    /// <summary>With the mail, under a password.</summary>
    Locked,
}

/// <summary>What stands behind the text of a mail whose files are protected.</summary>
public static class ProtectedFilesNote
{
    public static string Text(Wording words, ProtectedFilesKind kind, Uri link, string until) =>
        $"{words[Key(kind)]} {words["protected.how"]}\r\n{link.AbsoluteUri}\r\n{words.Format("protected.until", until)}\r\n";

    public static string Html(Wording words, ProtectedFilesKind kind, Uri link, string until) =>
        $"<hr><p>{Encoded(words[Key(kind)])} {Encoded(words["protected.how"])}</p><p><a href=\"{Encoded(link.AbsoluteUri)}\">{Encoded(words[kind == ProtectedFilesKind.Locked ? "protected.locked.button" : "protected.files.button"])}</a></p><p>{Encoded(words.Format("protected.until", until))}</p>";

    private static string Key(ProtectedFilesKind kind) => kind switch
    {
        ProtectedFilesKind.Large => "protected.large.text",
        ProtectedFilesKind.Locked => "protected.locked.text",
        _ => "protected.files.text",
    };

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
