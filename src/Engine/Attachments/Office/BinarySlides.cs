using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Platform.Engine.Attachments.Ole;

namespace Platform.Engine.Attachments.Office;

/// <summary>
/// A presentation of PowerPoint 97 to 2003 ([MS-PPT] 2.3.1): records of version and instance, type and length; those of version 15
/// hold others. Read are texts and embedded storages: objects, and the VBA project, which is one of them (2.10.34).
/// </summary>
internal static class BinarySlides
{
    private const int MaxStream = 32 * 1024 * 1024;
    private const int MaxRecords = 500_000;
    private const int MaxStorages = 50;
    private const int MaxStorage = 16 * 1024 * 1024;
    private const int MaxText = 2_000_000;

    public static void Read(CompoundFile file, FileContents contents)
    {
        var stream = file.Read("PowerPoint Document", MaxStream);
        var text = new StringBuilder();
        var storages = 0;
        for (int at = 0, count = 0; at + 8 <= stream.Length && count < MaxRecords; count++)
        {
            var header = stream.Span.Slice(at, 8);
            var version = BinaryPrimitives.ReadUInt16LittleEndian(header);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[4..]), (uint)(stream.Length - at - 8));
            at += 8;
            // Containers are entered by going on right behind their header.
            if ((version & 15) == 15)
                continue;
            var data = stream.Slice(at, length);
            if (type is 0x0FA0 or 0x0FA8 or 0x0FBA && text.Length < MaxText)
                text.Append(type == 0x0FA8 ? Encoding.Latin1.GetString(data.Span) : Encoding.Unicode.GetString(data.Span)).Append('\n');
            else if (type == 0x1011 && storages++ < MaxStorages)
                Storage(data, isCompressed: version >> 4 == 1, contents);
            at += length;
        }

        if (text.Length >= MaxText)
            contents.MarkTextCut();
        contents.Text(text.ToString().Replace('\r', '\n').Trim());
    }

    private static void Storage(ReadOnlyMemory<byte> data, bool isCompressed, FileContents contents)
    {
        if (!isCompressed)
        {
            contents.Member("object.bin", data[..contents.Budget.TakeUnpacked(data.Length, "object")]);
            return;
        }

        if (data.Length < 10)
            return;
        using var output = new MemoryStream();
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(data[4..].ToArray()), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            for (int read; output.Length < MaxStorage && (read = unpacked.Read(buffer)) > 0;)
                output.Write(buffer, 0, contents.Budget.TakeUnpacked(read, "object"));
        }
        catch (InvalidDataException)
        {
            contents.Budget.Note("damaged-file", "object", "compressed storage");
        }

        contents.Member("object.bin", output.ToArray());
    }
}
