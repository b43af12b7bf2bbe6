using System.Text;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ole;

/// <summary>Office documents in compound files: macros, what is embedded, linked or encrypted, and the text.</summary>
internal sealed class OleReader : IFileReader
{
    private const int MaxWorkbook = 32 * 1024 * 1024;
    private static readonly byte[] ProjectName = Encoding.Unicode.GetBytes("_VBA_PROJECT");

    public bool Reads(MailAttachment file) => file.Type.Id is "ole" or "ole-word" or "ole-excel" or "ole-powerpoint" or "ole-encrypted";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (CompoundFile.Open(file.Content) is not { } compound)
            return;
        if (compound.Find("EncryptedPackage") is not null)
        {
            ReadEncrypted(file, compound, contents);
            return;
        }

        var values = new DocumentValues();
        PropertySet.Collect(compound, values);
        OleObjects.Tell(compound, "", contents);
        var hasMacros = compound.Streams.Any(stream => stream.Name.Equals("_VBA_PROJECT", StringComparison.OrdinalIgnoreCase));
        BinaryWord.Read(compound, contents, values);
        ReadWorkbook(compound, contents, values, hasMacros);
        BinarySlides.Read(compound, contents);
        if (!VbaSurvey.Tell(compound, contents, values) && file.Content.Span.IndexOf(ProjectName) >= 0)
            contents.Fact("vba-project", "", "unreadable");
    }

    private static void ReadEncrypted(MailAttachment file, CompoundFile compound, FileContents contents)
    {
        if (PackageEncryption.Open(compound, Passwords(contents)) is not { } package)
        {
            contents.MarkEncrypted();
            return;
        }

        contents.Fact("office-decrypted", "EncryptedPackage", "opened by a password that the mail names or Office tries by itself");
        if (contents.Budget.TakeEntry(file.Path))
            contents.Member(file.FileName.Length > 0 ? file.FileName : "document", package.AsMemory(0, contents.Budget.TakeUnpacked(package.Length, file.Path)));
    }

    private static void ReadWorkbook(CompoundFile compound, FileContents contents, DocumentValues values, bool hasMacros)
    {
        var stream = compound.Read(compound.Find("Workbook") is null ? "Book" : "Workbook", MaxWorkbook);
        if (stream.IsEmpty)
            return;
        if (WorkbookEncryption.IsEncrypted(stream.Span))
        {
            if (WorkbookEncryption.Open(stream.Span, Passwords(contents)) is not { } clear)
            {
                contents.MarkEncrypted();
                return;
            }

            contents.Fact("office-decrypted", "Workbook", "opened by a password that the mail names or Office tries by itself");
            stream = clear;
        }

        new BinaryWorkbook(contents, values, hasMacros).Read(stream.Span);
    }

    // What Office itself tries comes first.
    private static List<string> Passwords(FileContents contents) => [.. ((string[])["VelvetSweatshop", .. contents.Passwords]).Distinct(StringComparer.Ordinal)];
}
