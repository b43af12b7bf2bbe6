using System.Buffers.Binary;
using System.IO.Compression;
using Platform.Engine.Attachments.Archives.Streams;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// Streams that hold one packed file: gzip (RFC 1952), bzip2, xz (the .xz file format 1.2), lzip, Zstandard (RFC 8878). The file is named
/// as the archive without its last extension, or as gzip's own field says where that hides a program.
/// </summary>
internal static class PackedFile
{
    private const int SlowMethod = 45;
    private const int LzmaCost = 4;
    private const long LargestWindow = 64 * 1024 * 1024;

    public static void Read(Unpacking unpacking)
    {
        if (!unpacking.TakeEntry())
            return;
        var kind = unpacking.File.Type.Id;
        var content = unpacking.Content;
        var buffer = unpacking.Buffer(content.Length, kind switch { "bz2" => SlowMethod, "xz" or "lzip" => LzmaCost, _ => 1 });
        switch (kind)
        {
            case "gz":
                unpacking.Try(() => Drain(buffer, new GZipStream(Unpacking.AsStream(content), CompressionMode.Decompress)));
                break;
            case "bz2":
                unpacking.Try(() => Drain(buffer, SharpCompress.Compressors.BZip2.BZip2Stream.Create(Unpacking.AsStream(content), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false)));
                break;
            case "xz":
                Told(unpacking, buffer, XzFile.Read(content.Span, buffer, out var filter), filter);
                break;
            case "lzip":
                Told(unpacking, buffer, Lzip(content.Span, buffer), "");
                break;
            default:
                if (ZstandardWindow(content.Span) > LargestWindow)
                    unpacking.Unread("zstd", "a window larger than is set aside");
                else
                    unpacking.Try(() => Drain(buffer, new SharpCompress.Compressors.ZStandard.DecompressionStream(Unpacking.AsStream(content), 0, true, false)));
                break;
        }

        unpacking.Member(NameOf(unpacking, kind), buffer.Take());
    }

    private static void Drain(UnpackBuffer buffer, Stream stream)
    {
        using (stream)
            buffer.Drain(stream);
    }

    private static void Told(Unpacking unpacking, UnpackBuffer buffer, bool whole, string filter)
    {
        if (filter.Length > 0)
            unpacking.Unread("xz", filter);
        else if (!whole && !buffer.IsCut)
            unpacking.Note("damaged-archive", "broken stream");
    }

    // Lzip manual, "File format": LZIP, version 1, dictionary, LZMA with lc=3 lp=0 pb=2 and end mark, 20 octets of check; members follow each other.
    private static bool Lzip(ReadOnlySpan<byte> content, UnpackBuffer buffer)
    {
        const int header = 6, trailer = 20;
        const byte properties = 93;
        while (content.StartsWith("LZIP"u8) && content.Length > header + trailer)
        {
            var decoder = new LzmaDecoder(buffer);
            if (!decoder.SetProperties(properties) || decoder.Read(content[header..], null) is not (> 0 and var used))
                return false;
            content = content[Math.Min(content.Length, header + used + trailer)..];
        }

        return buffer.Length > 0;
    }

    /// <summary>What the first frame asks to be set aside (RFC 8878, 3.1.1.1).</summary>
    internal static long ZstandardWindow(ReadOnlySpan<byte> content)
    {
        if (content.Length < 14)
            return 0;
        var descriptor = content[4];
        if ((descriptor & 0x20) == 0)
            return (1L << (10 + (content[5] >> 3))) / 8 * (8 + (content[5] & 7));
        var at = 5 + (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };
        var size = content[at..];
        return (descriptor >> 6) switch
        {
            0 => size[0],
            1 => BinaryPrimitives.ReadUInt16LittleEndian(size),
            2 => BinaryPrimitives.ReadUInt32LittleEndian(size),
            _ => size.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(size) is < 0 ? long.MaxValue : BinaryPrimitives.ReadInt64LittleEndian(size),
        };
    }

    private static string NameOf(Unpacking unpacking, string kind)
    {
        var archive = unpacking.File.Path[(unpacking.File.Path.LastIndexOf('/') + 1)..];
        var dot = archive.LastIndexOf('.');
        var extension = FileTypes.Extension(archive);
        var name = dot <= 0 ? archive : extension is "tgz" or "tbz" or "tbz2" or "txz" or "tlz" or "tzst" ? archive[..dot] + ".tar" : archive[..dot];
        var written = kind == "gz" ? WrittenName(unpacking.Content.Span) : "";
        return FileKinds.IsExecutableName(FileKinds.ExtensionOf(written)) && !FileKinds.IsExecutableName(FileKinds.ExtensionOf(name)) ? written : name;
    }

    private static string WrittenName(ReadOnlySpan<byte> content)
    {
        const int extraField = 4, nameField = 8;
        if (content.Length < 12 || (content[3] & nameField) == 0)
            return "";
        var at = 10 + ((content[3] & extraField) != 0 ? 2 + (content[10] | (content[11] << 8)) : 0);
        if (at >= content.Length)
            return "";
        var rest = content[at..Math.Min(content.Length, at + 300)];
        return rest.IndexOf((byte)0) is var end and > 0 ? Charsets.Guess(rest[..end]) : "";
    }
}
