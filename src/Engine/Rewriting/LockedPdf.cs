using PdfSharp.Pdf.IO;
using Platform.Engine.Attachments.Pdf;
using Platform.Engine.Mail;

namespace Platform.Engine.Rewriting;

/// <summary>
/// A PDF under a password that opens it, AES-256 (ISO 32000-2, 7.6.4, revision 6). What is written is read once more, by the reader that
/// inspects: a file that does not say the same is not given out.
/// </summary>
internal static class LockedPdf
{
    private const int Largest = 20_000_000;

    /// <returns>Null: it is signed, encrypted already, broken or large, and is better left as it is.</returns>
    public static byte[]? TryLock(ReadOnlyMemory<byte> content, string password, ScanLimits limits, CancellationToken cancellationToken)
    {
        if (content.Length > Largest || content.Span.IndexOf("/ByteRange"u8) >= 0 || content.Span.IndexOf("/Encrypt"u8) >= 0)
            return null;
        try
        {
            using var input = new MemoryStream(content.ToArray(), writable: false);
            using var document = PdfSharp.Pdf.IO.PdfReader.Open(input, PdfDocumentOpenMode.Modify);
            var pages = document.PageCount;
            document.SecurityHandler.SetEncryptionToV5();
            (document.SecuritySettings.UserPassword, document.SecuritySettings.OwnerPassword) = (password, password);
            using var output = new MemoryStream();
            document.Save(output, closeStream: false);
            var locked = output.ToArray();
            var isRight = Read(locked, []).IsLocked && PagesOf(locked, password) == pages && TextOf(locked, [password]) is { } after && after == TextOf(content, []);
            return isRight ? locked : null;
        }
        // Its author may be a stranger, and a library for documents throws what it likes.
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            return null;
        }

        string? TextOf(ReadOnlyMemory<byte> file, IReadOnlyList<string> passwords) => Read(file, passwords) is { IsLocked: false } read ? new PdfText(read).Read() : null;

        PdfFile Read(ReadOnlyMemory<byte> file, IReadOnlyList<string> passwords) => PdfFile.Read(file, new ReadBudget(limits, TimeProvider.System, file.Length, cancellationToken), "", passwords);
    }

    private static int PagesOf(byte[] content, string password)
    {
        using var input = new MemoryStream(content, writable: false);
        using var document = PdfSharp.Pdf.IO.PdfReader.Open(input, password, PdfDocumentOpenMode.Import);
        return document.PageCount;
    }
}
