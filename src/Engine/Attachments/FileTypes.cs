using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.DiskImages;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments;

/// <summary>
/// The type of a file by its content: signatures first, containers (ZIP, OLE2) by what they hold, text by what it says.
/// The name is never asked, except where formats share one container and no other sign is left.
/// </summary>
public static class FileTypes
{
    private static readonly Signature[] Signatures =
    [
        new(0, "MZ"u8.ToArray(), "exe"),
        new(0, [0x7F, (byte)'E', (byte)'L', (byte)'F'], "elf"),
        new(0, [0xFE, 0xED, 0xFA, 0xCE], "mach-o"),
        new(0, [0xFE, 0xED, 0xFA, 0xCF], "mach-o"),
        new(0, [0xCE, 0xFA, 0xED, 0xFE], "mach-o"),
        new(0, [0xCF, 0xFA, 0xED, 0xFE], "mach-o"),
        new(0, "Rar!\u001A\u0007"u8.ToArray(), "rar"),
        new(0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "7z"),
        new(0, [0x1F, 0x8B, 0x08], "gz"),
        new(0, "BZh"u8.ToArray(), "bz2"),
        new(0, [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "xz"),
        new(257, "ustar"u8.ToArray(), "tar"),
        new(0, "MSCF"u8.ToArray(), "cab"),
        new(0x8001, "CD001"u8.ToArray(), "iso"),
        new(0x8001, "BEA01"u8.ToArray(), "iso"),
        new(0, "{\\rtf"u8.ToArray(), "rtf"),
        new(0, "{\\rt"u8.ToArray(), "rtf"),
        new(0, [0x89, (byte)'P', (byte)'N', (byte)'G'], "png"),
        new(0, [0xFF, 0xD8, 0xFF], "jpeg"),
        new(0, "GIF8"u8.ToArray(), "gif"),
        new(0, "II*\0"u8.ToArray(), "tiff"),
        new(0, "MM\0*"u8.ToArray(), "tiff"),
        new(8, "WEBP"u8.ToArray(), "webp"),
        new(8, "WAVE"u8.ToArray(), "wav"),
        new(0, [0, 0, 1, 0], "ico"),
        new(0, "ID3"u8.ToArray(), "mp3"),
        new(4, "ftyp"u8.ToArray(), "mp4"),
        new(0, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0], "lnk"),
        new(0, [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D], "onenote"),
        new(0, "ITSF"u8.ToArray(), "chm"),
        new(0, "wOFF"u8.ToArray(), "font"),
        new(0, "wOF2"u8.ToArray(), "font"),
        new(0, "OTTO"u8.ToArray(), "font"),
        new(0, [0, 1, 0, 0, 0], "font"),
        new(0, [0x78, 0x9F, 0x3E, 0x22], "tnef"),
        new(0, "SQLite format 3"u8.ToArray(), "sqlite"),
        new(0, [0xCA, 0xFE, 0xBA, 0xBE], "class"),
        new(0, "REGEDIT4"u8.ToArray(), "reg"),
        new(0, "conectix"u8.ToArray(), "vhd"),
        new(0, "vhdxfile"u8.ToArray(), "vhd"),
        new(0, "LZIP"u8.ToArray(), "lzip"),
        new(0, [0x28, 0xB5, 0x2F, 0xFD], "zstd"),
        new(2, "-lh"u8.ToArray(), "lha"),
        new(0, [0x60, 0xEA], "arj"),
        new(7, "**ACE**"u8.ToArray(), "ace"),
    ];

    private static readonly Dictionary<string, FileType> Known = FileTypeTable.All.ToDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>Every type that <see cref="Detect"/> can answer.</summary>
    public static IReadOnlyCollection<FileType> All => Known.Values;

    /// <summary>The type with this id; <see cref="FileType.Unknown"/> when there is none.</summary>
    public static FileType Get(string id) => Known.GetValueOrDefault(id, FileType.Unknown);

    /// <param name="name">File name, asked only between formats of one content.</param>
    /// <param name="readText">Whether to tell what kind of text a text is; costs far more than the signatures.</param>
    public static FileType Detect(ReadOnlySpan<byte> content, string? name = null, bool readText = true)
    {
        if (content.IsEmpty)
            return FileType.Unknown;
        return Get(BySignature(content, Extension(name)) ?? (readText ? TextTypes.Detect(content, Extension(name)) : TextTypes.IsText(content) ? "text" : null) ?? "unknown");
    }

    /// <summary>The last extension of a file name, lower-case, no dot; empty when there is none.</summary>
    public static string Extension(string? name)
    {
        var trimmed = name?.TrimEnd(' ', '.') ?? "";
        var dot = trimmed.LastIndexOf('.');
        return dot < 0 || dot == trimmed.Length - 1 || trimmed.Length - dot > 20 ? "" : trimmed[(dot + 1)..].ToLowerInvariant();
    }

    private static string? BySignature(ReadOnlySpan<byte> content, string extension)
    {
        if (content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8))
            return ZipTypes.Detect(content);
        if (content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            return OleTypes.Detect(content);
        // Readers of PDF pass over what stands before; an archive of stored PDFs is still an archive.
        const int white = 8;
        var pdf = content[..Math.Min(content.Length, 1_024)].IndexOf("%PDF-"u8);
        if (pdf is >= 0 and < white || (pdf > 0 && extension is "pdf"))
            return "pdf";
        foreach (var signature in Signatures)
            if (content.Length >= signature.Offset + signature.Bytes.Length && content[signature.Offset..].StartsWith(signature.Bytes))
                return Refine(signature.Id, content);
        if (pdf > 0)
            return "pdf";
        if (content.StartsWith("BM"u8) && content.Length > 14 && BinaryPrimitives.ReadUInt32LittleEndian(content[10..]) < 4_096)
            return "bmp";
        if (content.Length > 2 && content[0] == 0xFF && (content[1] & 0xE6) == 0xE2)
            return "mp3";
        if (IsOldTar(content))
            return "tar";
        if (content.Length > 1_024 && content[^512..].StartsWith("conectix"u8))
            return "vhd";
        if (HardDisk.IsDisk(content))
            return "disk";

        // A self-extracting or prefixed archive: readers find the directory at the end.
        return content.Length > 22 && content[^Math.Min(content.Length, 22)..].StartsWith("PK\u0005\u0006"u8) ? "zip" : null;
    }

    private static string Refine(string id, ReadOnlySpan<byte> content)
    {
        if (id != "exe")
            return id == "class" && content.Length > 7 && content[7] < 20 ? "mach-o" : id;
        if (content.Length < 0x40)
            return TextTypes.IsText(content) ? "text" : "exe";
        var header = BinaryPrimitives.ReadInt32LittleEndian(content[0x3C..]);
        var isPortable = header > 0 && header < content.Length - 24 && content[header..].StartsWith("PE\0\0"u8);
        if (!isPortable)
            return TextTypes.IsText(content) ? "text" : "exe";
        const int Dll = 0x2000;
        return (BinaryPrimitives.ReadUInt16LittleEndian(content[(header + 22)..]) & Dll) != 0 ? "dll" : "exe";
    }

    // Before POSIX, tar had no signature: the checksum of the header proves it.
    private static bool IsOldTar(ReadOnlySpan<byte> content)
    {
        if (content.Length < 512 || content[0] is 0 or > 127)
            return false;
        var field = Encoding.ASCII.GetString(content.Slice(148, 8)).Trim('\0', ' ');
        if (field.Length is 0 or > 7 || !field.All(c => c is >= '0' and <= '7'))
            return false;
        var sum = 0;
        for (var i = 0; i < 512; i++)
            sum += i is >= 148 and < 156 ? ' ' : content[i];
        return sum == Convert.ToInt32(field, 8);
    }

    private sealed record Signature(int Offset, byte[] Bytes, string Id);
}
