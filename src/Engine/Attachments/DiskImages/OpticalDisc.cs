using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// ISO 9660 (ECMA-119): sectors of 2,048 octets, volume descriptors from sector 16 on, folders as files of records. A supplementary
/// descriptor holds the same tree once more with names in UTF-16 (Joliet); the two may differ, so both are read, Joliet first,
/// which is the one that Windows shows. UDF may stand beside or instead; see <see cref="UniversalDisc"/>.
/// </summary>
internal static class OpticalDisc
{
    public const int Sector = 2_048;
    private const int FirstDescriptor = 16, MostDescriptors = 64;
    private const int DeepestFolder = 32, MostFolders = 4_000, MostRecords = 40_000;

    public static bool IsDisc(ReadOnlySpan<byte> content) =>
        content.Length > (FirstDescriptor + 1) * Sector && content.Slice((FirstDescriptor * Sector) + 1, 5) is var name && (name.SequenceEqual("CD001"u8) || name.SequenceEqual("BEA01"u8));

    public static void Read(ReadOnlyMemory<byte> content, OpenedImage image)
    {
        List<(ReadOnlyMemory<byte> Root, bool Unicode)> trees = [];
        var universal = false;
        for (var index = FirstDescriptor; index < FirstDescriptor + MostDescriptors && (index + 1) * Sector <= content.Length; index++)
        {
            var descriptor = content.Slice(index * Sector, Sector);
            var name = descriptor.Span.Slice(1, 5);
            universal |= name.SequenceEqual("NSR02"u8) || name.SequenceEqual("NSR03"u8);
            if (!name.SequenceEqual("CD001"u8))
                continue;
            if (descriptor.Span[0] == 2 && descriptor.Span[88] == '%')
                trees.Insert(0, (descriptor.Slice(156, 34), true));
            else if (descriptor.Span[0] is 1 or 2)
                trees.Add((descriptor.Slice(156, 34), false));
        }

        if (universal)
            UniversalDisc.Read(content, image);
        var before = image.Found;
        var read = new HashSet<(uint, uint)>();
        foreach (var (root, unicode) in trees)
            if (!ReadTree(content, root.Span, unicode, image, read))
                break;
        if (image.Found == 0 || (trees.Count == 0 && !universal))
            image.Damaged(before == 0 ? "no file could be read" : "no folder");
    }

    private static bool ReadTree(ReadOnlyMemory<byte> content, ReadOnlySpan<byte> root, bool unicode, OpenedImage image, HashSet<(uint Extent, uint Length)> read)
    {
        var pending = new Stack<(uint Extent, uint Length, string Path, int Depth)>();
        var visited = new HashSet<uint>();
        pending.Push((U32(root, 2), U32(root, 10), "", 0));
        var records = 0;
        while (pending.TryPop(out var folder))
        {
            // A folder that holds itself, or one above it, ends here.
            if (!visited.Add(folder.Extent) || visited.Count > MostFolders || folder.Depth > DeepestFolder)
                continue;
            var octets = Extent(content, folder.Extent, folder.Length);
            for (var at = 0; at + 33 < octets.Length;)
            {
                var record = octets.Span[at..];
                if (record[0] < 34)
                {
                    // Records do not cross sectors.
                    at = (at / Sector + 1) * Sector;
                    continue;
                }

                if (records++ > MostRecords)
                    return true;
                at += record[0];
                if (!Take(content, record[..Math.Min(record[0], record.Length)], unicode, folder.Path, folder.Depth, pending, image, read))
                    return false;
            }
        }

        return true;
    }

    private static bool Take(
        ReadOnlyMemory<byte> content, ReadOnlySpan<byte> record, bool unicode, string path, int depth, Stack<(uint, uint, string, int)> pending, OpenedImage image, HashSet<(uint, uint)> read)
    {
        const int folderFlag = 2, moreFlag = 0x80;
        int nameLength = record[32], flags = record[25];
        if (33 + nameLength > record.Length || (nameLength == 1 && record[33] <= 1))
            return true;
        var octets = record.Slice(33, nameLength);
        var name = unicode ? Encoding.BigEndianUnicode.GetString(octets) : Charsets.Guess(octets);
        var version = name.LastIndexOf(';');
        name = $"{path}/{(version > 0 ? name[..version] : name).TrimEnd('.').Replace('/', '_')}";
        uint extent = U32(record, 2), length = U32(record, 10);
        if ((flags & folderFlag) != 0)
        {
            pending.Push((extent, length, name, depth + 1));
            return true;
        }

        if ((flags & moreFlag) != 0)
            image.Unread(name, "a file in several extents");
        // The same file under its short name.
        if (!read.Add((extent, length)) && length > 0)
            return true;
        return image.File(name, length, () =>
        {
            var whole = Extent(content, extent, length);
            return whole[..image.Grant(whole.Length)];
        });
    }

    public static ReadOnlyMemory<byte> Extent(ReadOnlyMemory<byte> content, long sector, long length)
    {
        var start = sector * Sector;
        return start < 0 || start >= content.Length ? ReadOnlyMemory<byte>.Empty : content.Slice((int)start, (int)Math.Min(length, content.Length - start));
    }

    private static uint U32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt32LittleEndian(span[at..]);
}
