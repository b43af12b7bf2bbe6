using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>Reads PDF files: what acts in them, which files and links they hold, what a person reads.</summary>
internal sealed class PdfReader : IFileReader
{
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
        var text = new PdfText(pdf).Read();
        contents.Text(text);
        PdfPages.Read(pdf, text, contents);
    }
}
