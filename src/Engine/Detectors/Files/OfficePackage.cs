using System.IO.Compression;
using System.Text;

namespace Platform.Engine.Detectors.Files;

// Office files come in two shapes. OLE2 ([MS-CFB], first bytes D0 CF 11 E0) is a small file system whose directory names
// are UTF-16LE; a VBA project shows as stream `_VBA_PROJECT` ([MS-OVBA]). OOXML (ECMA-376) is a zip of XML parts; a VBA
// project is the part `vbaProject.bin`. A relationship part (`_rels/*.rels`) may name an external target; of the types
// attachedTemplate, oleObject, frame and subDocument the target is fetched as soon as the document is opened, while
// hyperlinks wait for a click.

/// <param name="ExternalTarget">What the document fetches on opening; null when nothing.</param>
internal sealed record OfficePackage(string? ExternalTarget, bool HasDde)
{
    private const int MaxParts = 2_000;
    private const int MaxPartRead = 2 * 1024 * 1024;
    private const int MaxPartsRead = 100;
    private static readonly string[] FetchedTypes = ["attachedTemplate", "oleObject", "/frame", "subDocument"];

    /// <summary>Reads the few parts that matter, bounded; a broken package gives what was read of it.</summary>
    public static OfficePackage Read(ReadOnlyMemory<byte> content, Examination examined)
    {
        var found = new OfficePackage(null, false);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            var read = 0;
            foreach (var entry in zip.Entries.Take(MaxParts))
            {
                var relations = entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
                if (!relations && entry.Name is not ("document.xml" or "sharedStrings.xml" or "externalLink1.xml") || read++ >= MaxPartsRead)
                    continue;
                var text = Text(entry, examined);
                found = relations
                    ? found with { ExternalTarget = found.ExternalTarget ?? FetchedTarget(text) }
                    : found with { HasDde = found.HasDde || StartsByDde(text) || text.Contains("<ddeLink", StringComparison.Ordinal) };
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return found;
        }

        return found;
    }

    /// <summary>A DDE field or formula that names a program.</summary>
    public static bool StartsByDde(string text) =>
        text.Contains("DDEAUTO", StringComparison.Ordinal)
        || text.Contains(">DDE ", StringComparison.Ordinal)
        || text.Contains("cmd|", StringComparison.OrdinalIgnoreCase) && (text.Contains("=cmd|", StringComparison.OrdinalIgnoreCase) || text.Contains("+cmd|", StringComparison.OrdinalIgnoreCase) || text.Contains("-cmd|", StringComparison.OrdinalIgnoreCase) || text.Contains("@SUM", StringComparison.OrdinalIgnoreCase))
        || text.Contains("=msexcel|", StringComparison.OrdinalIgnoreCase);

    private static string Text(ZipArchiveEntry entry, Examination examined)
    {
        using var stream = entry.Open();
        var buffer = new byte[examined.Take((int)Math.Clamp(entry.Length, 0, MaxPartRead))];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string? FetchedTarget(string relations)
    {
        foreach (var relation in relations.Split("<Relationship ", MaxParts))
        {
            if (!relation.Contains("TargetMode=\"External\"", StringComparison.OrdinalIgnoreCase) || !FetchedTypes.Any(type => relation.Contains(type, StringComparison.OrdinalIgnoreCase)))
                continue;
            var at = relation.IndexOf("Target=\"", StringComparison.Ordinal);
            if (at < 0)
                continue;
            var start = at + "Target=\"".Length;
            var end = relation.IndexOf('"', start);
            var target = relation[start..(end < 0 ? relation.Length : end)];
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith(@"\\", StringComparison.Ordinal) || target.StartsWith("mhtml:", StringComparison.OrdinalIgnoreCase))
                return target;
        }

        return null;
    }
}
