using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>Reads PDF files: what acts in them, which files and links they hold, what a person reads.</summary>
internal sealed class PdfReader : IFileReader
{
    private const int MostWords = 48 * 1024;

    private static readonly byte[][] Beginnings = ["PK\u0003\u0004"u8.ToArray(), "MZ"u8.ToArray(), "7z\u00bc"u8.ToArray()[..2], "Rar!"u8.ToArray(), "<html"u8.ToArray(), "<script"u8.ToArray(), "<hta"u8.ToArray(), "<!DOCTYPE"u8.ToArray()];

    public bool Reads(MailAttachment file) => file.Type.Id == "pdf" || file.Content.Span.StartsWith("%PDF"u8);

    public void Read(MailAttachment file, FileContents contents)
    {
        var pdf = PdfFile.Read(file.Content, contents.Budget, file.Path, contents.Passwords);
        if (pdf.Disguised is { } name)
            contents.Fact("pdf-hidden-name", "name", name);
        if (pdf.IsLocked)
        {
            contents.MarkEncrypted();
            return;
        }

        if (pdf.Password is not null)
            contents.Fact("pdf-opened-by-password", "encryption", "password of the mail");
        new PdfActions(pdf, contents).Read();
        new PdfFiles(pdf, file, contents).Read();
        TakeAppended(file, contents);
        var pages = new PdfText(pdf);
        var text = pages.Read();
        if (pages.IsCut)
            contents.MarkTextCut();
        contents.Words(text.Length <= MostWords ? text : text[..MostWords]);
        contents.Table(text);
        PdfPages.Read(pdf, text, contents);
    }

    // A file that is two: readers of PDF stop at the end mark, others begin behind it.
    private static void TakeAppended(MailAttachment file, FileContents contents)
    {
        var bytes = file.Content.Span;
        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0)
            return;
        var rest = file.Content[(end + 5)..];
        var begin = rest.Span.IndexOfAnyExcept("\r\n \0"u8);
        if (begin < 0)
            return;
        rest = rest[begin..];
        if (Array.Exists(Beginnings, beginning => rest.Span.StartsWith(beginning)) && contents.Budget.TakeEntry(file.Path))
            contents.Member("appended", rest[..contents.Budget.TakeDecoded(rest.Length, file.Path)]);
    }
}
