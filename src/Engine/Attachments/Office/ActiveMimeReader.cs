using System.IO.Compression;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Office;

/// <summary>
/// ActiveMime: the wrapping in which documents saved as a web page or as XML keep their macros (<c>editdata.mso</c>). After the word
/// and a header of some fifty octets a zlib stream, in it a compound file.
/// </summary>
internal sealed class ActiveMimeReader : IFileReader
{
    private const int LongestHeader = 1_100;
    private const int MaxProject = 16 * 1024 * 1024;

    public bool Reads(MailAttachment file) => file.Content.Span.StartsWith("ActiveMime"u8);

    public void Read(MailAttachment file, FileContents contents)
    {
        var header = file.Content.Span[..Math.Min(file.Content.Length, LongestHeader)];
        for (var at = "ActiveMime".Length; at + 2 <= header.Length; at++)
            if (header[at] == 0x78 && header[at + 1] is 0x01 or 0x5E or 0x9C or 0xDA && Inflate(file.Content[at..], contents) is { Length: > 0 } project)
            {
                contents.Member("editdata.bin", project);
                return;
            }
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> stream, FileContents contents)
    {
        using var output = new MemoryStream();
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(stream.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            for (int read; output.Length < MaxProject && (read = unpacked.Read(buffer)) > 0;)
                output.Write(buffer, 0, contents.Budget.TakeUnpacked(read, "editdata.bin"));
        }
        catch (InvalidDataException)
        {
            contents.Budget.Note("damaged-file", "editdata.bin", "compressed storage");
        }

        return output.ToArray();
    }
}
