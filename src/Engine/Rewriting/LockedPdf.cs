using PdfSharp.Pdf.IO;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Pdf;

namespace Platform.Engine.Rewriting;

/// <summary>
/// A PDF under a password that opens it, AES-256 (ISO 32000-2, 7.6.4, revision 6). What is written is read once more, by the reader that
/// inspects: a file that does not say the same is not given out.
/// </summary>
internal static class LockedPdf
{
    private const int Largest = 20_000_000;

    /// <returns>Null: it is signed, encrypted already, broken or large, and is better left as it is.</returns>
    public static byte[]? TryLock(ReadOnlyMemory<byte> content, string password)
    {
        if (content.Length > Largest || content.Span.IndexOf("/ByteRange"u8) >= 0 || content.Span.IndexOf("/Encrypt"u8) >= 0)
            return null;
        try
        {
            using var input = new MemoryStream(content.ToArray(), writable: false);
            using var document = PdfSharp.Pdf.IO.PdfReader.Open(input, PdfDocumentOpenMode.Modify);
            document.SecurityHandler.SetEncryptionToV5();
            (document.SecuritySettings.UserPassword, document.SecuritySettings.OwnerPassword) = (password, password);
            using var output = new MemoryStream();
            document.Save(output, closeStream: false);
            var locked = output.ToArray();
            return IsLocked(locked) && PagesOf(locked, password) == document.PageCount && TextOf(locked, [password]) is { } after && after == TextOf(content, []) ? locked : null;
        }
        // Its author may be a stranger, and a library for documents throws what it likes.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static int PagesOf(byte[] content, string password)
    {
        using var input = new MemoryStream(content, writable: false);
        using var document = PdfSharp.Pdf.IO.PdfReader.Open(input, password, PdfDocumentOpenMode.Import);
        return document.PageCount;
    }

    private static bool IsLocked(ReadOnlyMemory<byte> content) => Read(content, []).IsLocked;

    private static string? TextOf(ReadOnlyMemory<byte> content, IReadOnlyList<string> passwords)
    {
        var file = Read(content, passwords);
        return file.IsLocked ? null : new PdfText(file).Read();
    }

    private static PdfFile Read(ReadOnlyMemory<byte> content, IReadOnlyList<string> passwords) => PdfFile.Read(content, new ReadBudget(), "", passwords);
}
