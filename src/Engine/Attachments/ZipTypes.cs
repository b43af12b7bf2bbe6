using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments;

/// <summary>
/// Formats kept in a ZIP (PKWARE APPNOTE, 4.3): told by the entry names in its central directory, and in its local
/// headers where the directory is missing. Only names are read here, nothing is inflated.
/// </summary>
internal static class ZipTypes
{
    private const int MaxNames = 3_000;

    public static string Detect(ReadOnlySpan<byte> content)
    {
        var names = Names(content);
        if (names.Contains("AndroidManifest.xml"))
            return "apk";
        if (names.Contains("[Content_Types].xml"))
            return Ooxml(names);
        if (names.Contains("META-INF/MANIFEST.MF"))
            return "jar";
        var mimetype = StoredMimetype(content);
        if (mimetype.StartsWith("application/vnd.oasis.opendocument", StringComparison.Ordinal))
            return "odf";
        if (mimetype == "application/epub+zip")
            return "epub";
        return names.Contains("content.xml") && (names.Contains("META-INF/manifest.xml") || names.Contains("mimetype")) ? "odf" : "zip";
    }

    /// <summary>Where the archive begins in the content, found from its directory at the end; null when there is no directory.</summary>
    public static int? StartOf(ReadOnlySpan<byte> content)
    {
        const int trailerLength = 22;
        var tail = content[^Math.Min(content.Length, trailerLength + ushort.MaxValue)..];
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + trailerLength > tail.Length)
            return null;
        var end = content.Length - tail.Length + at;
        var directory = end - (long)BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 12)..]);
        var start = directory - BinaryPrimitives.ReadUInt32LittleEndian(tail[(at + 16)..]);
        return start >= 0 && directory < end && content[(int)directory..].StartsWith("PK\u0001\u0002"u8) ? (int)start : null;
    }

    private static string Ooxml(HashSet<string> names)
    {
        var macro = names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? "-macro" : "";
        if (names.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase)))
            return "ooxml-word" + macro;
        if (names.Any(n => n.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase)))
            return "ooxml-excel-macro";
        if (names.Any(n => n.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
            return "ooxml-excel" + macro;
        return names.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? "ooxml-powerpoint" + macro : "ooxml";
    }

    private static HashSet<string> Names(ReadOnlySpan<byte> content)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(content, "PK\u0001\u0002"u8, 46, 28, names);
        if (names.Count == 0)
            Collect(content, "PK\u0003\u0004"u8, 30, 26, names);
        return names;
    }

    private static void Collect(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int headerLength, int lengthOffset, HashSet<string> names)
    {
        var position = 0;
        while (names.Count < MaxNames && content[position..].IndexOf(signature) is var hit and >= 0)
        {
            position += hit;
            if (position + headerLength > content.Length)
                return;
            var length = BinaryPrimitives.ReadUInt16LittleEndian(content[(position + lengthOffset)..]);
            if (length is > 0 and < 512 && position + headerLength + length <= content.Length)
                names.Add(Encoding.UTF8.GetString(content.Slice(position + headerLength, length)).Replace('\\', '/'));
            position += 4;
        }
    }

    // ODF and EPUB store an uncompressed entry "mimetype" first.
    private static string StoredMimetype(ReadOnlySpan<byte> content)
    {
        if (content.Length < 38 || BinaryPrimitives.ReadUInt16LittleEndian(content[26..]) != 8 || !content[30..].StartsWith("mimetype"u8))
            return "";
        var start = 38 + BinaryPrimitives.ReadUInt16LittleEndian(content[28..]);
        var length = (int)Math.Min(80, BinaryPrimitives.ReadUInt32LittleEndian(content[18..]));
        return start + length <= content.Length ? Encoding.ASCII.GetString(content.Slice(start, length)) : "";
    }
}
