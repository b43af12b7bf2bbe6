using System.Buffers.Binary;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// Virtual hard disks. VHD (Microsoft, "Virtual Hard Disk Image Format Specification" 1.0): a footer of 512 octets ends the file; a fixed
/// one has the disk before it, a dynamic one a table of blocks, each behind a map of its sectors. VHDX ([MS-VHDX] 2.2 to 2.6): two region
/// tables point to metadata and to a table of blocks of megabytes. Another file is the disk itself.
/// </summary>
internal static class VirtualDisk
{
    private const int FooterLength = 512;
    private const int Dynamic = 3, Differencing = 4;

    public static DiskView? Open(ReadOnlyMemory<byte> content, OpenedImage image)
    {
        var span = content.Span;
        if (span.StartsWith("vhdxfile"u8))
            return OpenX(content, image);
        if (span.Length < FooterLength || !span[^FooterLength..].StartsWith("conectix"u8) && !span.StartsWith("conectix"u8))
            return new DiskView(content, content.Length);
        var footer = span[^FooterLength..].StartsWith("conectix"u8) ? span[^FooterLength..] : span;
        var kind = BinaryPrimitives.ReadInt32BigEndian(footer[60..]);
        var length = BinaryPrimitives.ReadInt64BigEndian(footer[48..]);
        if (kind == Differencing)
        {
            image.Unread("VHD", "a differencing disk: what it differs from is elsewhere");
            return null;
        }

        return kind == Dynamic ? OpenDynamic(content, BinaryPrimitives.ReadInt64BigEndian(footer[16..]), length, image) : new DiskView(content, content.Length - FooterLength);
    }

    private static DiskView? OpenDynamic(ReadOnlyMemory<byte> content, long at, long length, OpenedImage image)
    {
        const int headerLength = 1_024, sector = 512, largestBlock = 256 * 1024 * 1024;
        var span = content.Span;
        if (at < 0 || at + headerLength > span.Length || !span[(int)at..].StartsWith("cxsparse"u8))
        {
            image.Damaged("no dynamic header");
            return null;
        }

        var header = span.Slice((int)at, headerLength);
        var table = BinaryPrimitives.ReadInt64BigEndian(header[16..]);
        long entries = BinaryPrimitives.ReadUInt32BigEndian(header[28..]), blockLength = BinaryPrimitives.ReadUInt32BigEndian(header[32..]);
        if (table < 0 || table >= span.Length || blockLength is < sector or > largestBlock || (blockLength & (blockLength - 1)) != 0)
        {
            image.Damaged("no block table");
            return null;
        }

        var blocks = new long[(int)Math.Min(entries, (span.Length - table) / 4)];
        var map = (blockLength / sector / 8 + sector - 1) / sector * sector;
        for (var index = 0; index < blocks.Length; index++)
        {
            var start = BinaryPrimitives.ReadUInt32BigEndian(span[(int)(table + (index * 4L))..]);
            blocks[index] = start == uint.MaxValue ? -1 : (start * (long)sector) + map;
        }

        return new DiskView(content, Math.Max(0, length), blocks, (int)blockLength);
    }

    private static DiskView? OpenX(ReadOnlyMemory<byte> content, OpenedImage image)
    {
        const int regionTable = 192 * 1024, metadataHead = 32;
        var span = content.Span;
        long? table = null, metadata = null;
        if (regionTable + 1_024 <= span.Length && span[regionTable..].StartsWith("regi"u8))
        {
            for (var index = 0; index < 4; index++)
            {
                var entry = span.Slice(regionTable + 16 + (index * 32), 32);
                var id = new Guid(entry[..16]);
                var offset = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
                if (id == new Guid("2DC27766-F623-4200-9D64-115E9BFD4A08"))
                    table = offset;
                else if (id == new Guid("8B7CA206-4790-4B9A-B8FE-575F050F886E"))
                    metadata = offset;
            }
        }

        if (table is not (>= 0 and var tableAt) || metadata is not (>= 0 and var metadataAt) || tableAt >= span.Length || metadataAt + 65_536 > span.Length)
        {
            image.Damaged("no regions");
            return null;
        }

        long blockLength = 0, length = 0;
        var sector = 512;
        for (var index = 0; index < 16; index++)
        {
            var entry = span.Slice((int)metadataAt + metadataHead + (index * 32), 32);
            var at = metadataAt + BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]);
            if (at + 8 > span.Length)
                continue;
            var id = new Guid(entry[..16]);
            if (id == new Guid("CAA16737-FA36-4D43-B3B6-33F0AA44E76B"))
                blockLength = BinaryPrimitives.ReadUInt32LittleEndian(span[(int)at..]);
            else if (id == new Guid("2FA54224-CD1B-4876-B211-5DBED83BF4B8"))
                length = BinaryPrimitives.ReadInt64LittleEndian(span[(int)at..]);
            else if (id == new Guid("8141BF1D-A96F-4709-BA47-F233A8FAAB5F"))
                sector = BinaryPrimitives.ReadInt32LittleEndian(span[(int)at..]);
        }

        if (blockLength is < 1024 * 1024 or > 256 * 1024 * 1024 || length <= 0 || sector is not (512 or 4_096))
        {
            image.Damaged("no metadata");
            return null;
        }

        return new DiskView(content, length, BlocksX(span[(int)tableAt..], length, (int)blockLength, sector), (int)blockLength);
    }

    // After so many blocks of data stands one entry for the map of their sectors ([MS-VHDX] 2.5).
    private static long[] BlocksX(ReadOnlySpan<byte> table, long length, int blockLength, int sector)
    {
        const int mostBlocks = 1_000_000, partlyPresent = 7, present = 6;
        var ratio = Math.Max(1, (1L << 23) * sector / blockLength);
        var blocks = new long[(int)Math.Min(Math.Min((length + blockLength - 1) / blockLength, mostBlocks), table.Length / 8)];
        for (long index = 0; index < blocks.Length; index++)
        {
            var at = (index + (index / ratio)) * 8;
            blocks[index] = -1;
            if (at + 8 > table.Length)
                break;
            var entry = BinaryPrimitives.ReadUInt64LittleEndian(table[(int)at..]);
            if ((entry & 7) is present or partlyPresent)
                blocks[index] = (long)(entry >> 20) << 20;
        }

        return blocks;
    }
}
