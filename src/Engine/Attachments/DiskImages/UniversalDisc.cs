using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// UDF (ECMA-167, OSTA UDF 2.60), as written once and read only: an anchor at sector 256 points to descriptors of partition and logical
/// volume, that to the file set, that to the root folder. A file entry holds where its data stands, or the data itself.
/// </summary>
internal sealed class UniversalDisc(ReadOnlyMemory<byte> content, OpenedImage image)
{
    private const int Sector = OpticalDisc.Sector;
    private const int AnchorSector = 256;
    private const int Anchor = 2, PartitionTag = 5, LogicalVolume = 6, Terminator = 8, FileSet = 256, FileIdentifier = 257, FileEntry = 261, ExtendedFileEntry = 266;
    private const int MostFolders = 4_000, DeepestFolder = 32, MostIdentifiers = 40_000, MostExtents = 2_000;

    private long _partition;

    public static void Read(ReadOnlyMemory<byte> content, OpenedImage image) => new UniversalDisc(content, image).Read();

    private void Read()
    {
        if (VolumeDescriptors() is not { } volume)
        {
            image.Damaged("no UDF volume");
            return;
        }

        var files = Block(volume);
        if (TagOf(files.Span) != FileSet)
        {
            image.Unread("UDF", "a partition map other than the simple one");
            return;
        }

        ReadTree(U32(files.Span, 404));
    }

    // Answers the block of the file set.
    private long? VolumeDescriptors()
    {
        const int mostDescriptors = 64;
        foreach (var at in (ReadOnlySpan<long>)[AnchorSector, (content.Length / Sector) - 1, (content.Length / Sector) - 1 - AnchorSector])
        {
            var anchor = OpticalDisc.Extent(content, at, 512);
            if (at <= 0 || TagOf(anchor.Span) != Anchor)
                continue;
            long start = U32(anchor.Span, 20);
            long? volume = null;
            for (var index = 0; index < mostDescriptors; index++)
            {
                var descriptor = OpticalDisc.Extent(content, start + index, Sector);
                var tag = TagOf(descriptor.Span);
                if (tag is Terminator or 0 || descriptor.Length < 512)
                    break;
                if (tag == PartitionTag)
                    _partition = U32(descriptor.Span, 188);
                else if (tag == LogicalVolume)
                    volume = U32(descriptor.Span, 252);
            }

            if (volume is not null)
                return volume;
        }

        return null;
    }

    private void ReadTree(uint root)
    {
        var pending = new Stack<(uint Block, string Path, int Depth)>();
        var visited = new HashSet<uint>();
        pending.Push((root, "", 0));
        var identifiers = 0;
        while (pending.TryPop(out var folder))
        {
            if (!visited.Add(folder.Block) || visited.Count > MostFolders || folder.Depth > DeepestFolder)
                continue;
            var octets = Data(Block(folder.Block), out _);
            for (var at = 0; at + 38 <= octets.Length;)
            {
                var entry = octets.Span[at..];
                if (TagOf(entry) != FileIdentifier || identifiers++ > MostIdentifiers)
                    break;
                int characteristics = entry[18], nameLength = entry[19], use = BinaryPrimitives.ReadUInt16LittleEndian(entry[36..]);
                var block = U32(entry, 24);
                var name = 38 + use + nameLength <= entry.Length ? Name(entry.Slice(38 + use, nameLength)) : "";
                at += (38 + use + nameLength + 3) & ~3;
                const int folderFlag = 2, deletedFlag = 4, parentFlag = 8;
                if ((characteristics & (deletedFlag | parentFlag)) != 0 || name.Length == 0)
                    continue;
                if ((characteristics & folderFlag) != 0)
                    pending.Push((block, $"{folder.Path}/{name}", folder.Depth + 1));
                else if (!ReadFile(block, $"{folder.Path}/{name}"))
                    return;
            }
        }
    }

    private bool ReadFile(uint block, string name)
    {
        var entry = Block(block);
        _ = Layout(entry.Span, out var length, out _);
        return image.File(name, length, () =>
        {
            var data = Data(entry, out var copied);
            return copied ? data : data[..image.Grant(data.Length)];
        });
    }

    /// <summary>Content of the file whose entry this is.</summary>
    /// <param name="copied">Pieces were put together, and taken from the budget.</param>
    private ReadOnlyMemory<byte> Data(ReadOnlyMemory<byte> entry, out bool copied)
    {
        const int shortKind = 0, longKind = 1, insideKind = 3;
        copied = false;
        var kind = Layout(entry.Span, out var length, out var descriptors);
        var (start, size) = descriptors;
        if (kind < 0 || start + size > entry.Length)
            return ReadOnlyMemory<byte>.Empty;
        if (kind == insideKind)
            return entry.Slice(start, (int)Math.Min(size, length));
        if (kind is not (shortKind or longKind))
            return ReadOnlyMemory<byte>.Empty;
        var step = kind == shortKind ? 8 : 16;
        List<ReadOnlyMemory<byte>> extents = [];
        var left = length;
        for (var at = start; at + step <= start + size && extents.Count < MostExtents && left > 0; at += step)
        {
            var taken = Math.Min(U32(entry.Span, at) & 0x3FFFFFFF, left);
            if (taken == 0)
                break;
            extents.Add(OpticalDisc.Extent(content, _partition + U32(entry.Span, at + 4), taken));
            left -= taken;
        }

        if (extents.Count <= 1)
            return extents.Count == 0 ? ReadOnlyMemory<byte>.Empty : extents[0];
        copied = true;
        var whole = new byte[image.Grant(extents.Sum(extent => (long)extent.Length))];
        var filled = 0;
        foreach (var extent in extents)
        {
            var piece = extent[..Math.Min(extent.Length, whole.Length - filled)];
            piece.CopyTo(whole.AsMemory(filled));
            filled += piece.Length;
        }

        return whole;
    }

    // Kind of the allocation descriptors and where they stand in the entry; -1 when it is no file entry.
    private static int Layout(ReadOnlySpan<byte> entry, out long length, out (int Start, int Size) descriptors)
    {
        (length, descriptors) = (0, default);
        var tag = TagOf(entry);
        if (tag is not (FileEntry or ExtendedFileEntry) || entry.Length < 216)
            return -1;
        var head = tag == FileEntry ? 176 : 216;
        length = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(entry[56..]));
        long start = head + (long)U32(entry, head - 8), size = U32(entry, head - 4);
        if (start + size > entry.Length)
            return -1;
        descriptors = ((int)start, (int)size);
        return entry[34] & 7;
    }

    private ReadOnlyMemory<byte> Block(long block) => OpticalDisc.Extent(content, _partition + block, Sector);

    private static string Name(ReadOnlySpan<byte> octets) => octets.Length < 2 ? "" : (octets[0] == 16 ? Encoding.BigEndianUnicode.GetString(octets[1..]) : Encoding.Latin1.GetString(octets[1..])).Replace('/', '_');

    private static int TagOf(ReadOnlySpan<byte> descriptor) => descriptor.Length < 16 ? -1 : BinaryPrimitives.ReadUInt16LittleEndian(descriptor);

    private static uint U32(ReadOnlySpan<byte> span, int at) => at + 4 <= span.Length ? BinaryPrimitives.ReadUInt32LittleEndian(span[at..]) : 0;
}
