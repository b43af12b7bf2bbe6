using System.Buffers.Binary;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// A disk with or without partitions: a boot record ends in 55 AA and holds four of them; a GUID partition table (UEFI 2.10, 5.3) follows
/// where the first is of type EE. Each is tried as FAT and NTFS.
/// </summary>
internal static class HardDisk
{
    private const int Sector = 512, MostPartitions = 16;

    public static void Read(DiskView disk, OpenedImage image)
    {
        if (ReadVolume(disk.Part(0, disk.Length), image))
            return;
        var any = false;
        foreach (var (start, length) in Partitions(disk).Take(MostPartitions))
            any |= ReadVolume(disk.Part(start, length), image);
        if (!any)
            image.Unread("disk image", "no file system that is read");
    }

    /// <summary>Whether the octets begin like a disk or a volume on one.</summary>
    public static bool IsDisk(ReadOnlySpan<byte> content)
    {
        const int table = 446, entry = 16;
        if (content.Length < 2 * Sector || content[510] != 0x55 || content[511] != 0xAA)
            return false;
        if (content[3..].StartsWith("NTFS    "u8) || FatVolume.IsBoot(content[..Sector]))
            return true;
        var any = false;
        for (var at = table; at < 510; at += entry)
        {
            if (content[at] is not (0 or 0x80))
                return false;
            any |= content[at + 4] != 0 && BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 8)..]) > 0;
        }

        return any;
    }

    private static bool ReadVolume(DiskPart volume, OpenedImage image)
    {
        var boot = volume.Read(0, Sector);
        if (boot.Length < Sector)
            return false;
        if (boot.Span[3..].StartsWith("NTFS    "u8))
        {
            new NtfsVolume(volume, image).Read();
            return true;
        }

        if (!FatVolume.IsBoot(boot.Span))
            return false;
        new FatVolume(volume, image).Read();
        return true;
    }

    private static IEnumerable<(long Start, long Length)> Partitions(DiskView disk)
    {
        const int table = 446, entry = 16, protective = 0xEE;
        var record = disk.Read(0, Sector);
        if (record.Length < Sector || record.Span[510] != 0x55 || record.Span[511] != 0xAA)
            yield break;
        for (var index = 0; index < 4; index++)
        {
            int type = record.Span[table + (index * entry) + 4];
            long start = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[(table + (index * entry) + 8)..]), length = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[(table + (index * entry) + 12)..]);
            if (type == protective)
                foreach (var part in GuidPartitions(disk))
                    yield return part;
            else if (type != 0 && start > 0)
                yield return (start * Sector, length * Sector);
        }
    }

    private static IEnumerable<(long Start, long Length)> GuidPartitions(DiskView disk)
    {
        const int mostEntries = 128;
        var header = disk.Read(Sector, Sector);
        if (header.Length < Sector || !header.Span.StartsWith("EFI PART"u8))
            yield break;
        var at = BinaryPrimitives.ReadInt64LittleEndian(header.Span[72..]);
        int entries = BinaryPrimitives.ReadInt32LittleEndian(header.Span[80..]), size = BinaryPrimitives.ReadInt32LittleEndian(header.Span[84..]);
        if (at is < 0 or > long.MaxValue / Sector || size is < 128 or > 4_096)
            yield break;
        for (var index = 0; index < Math.Min(entries, mostEntries); index++)
        {
            var entry = disk.Read((at * Sector) + ((long)index * size), 128);
            if (entry.Length < 128 || entry.Span[..16].IndexOfAnyExcept((byte)0) < 0)
                continue;
            long first = BinaryPrimitives.ReadInt64LittleEndian(entry.Span[32..]), last = BinaryPrimitives.ReadInt64LittleEndian(entry.Span[40..]);
            if (first > 0 && last >= first && last < long.MaxValue / Sector)
                yield return (first * Sector, (last - first + 1) * Sector);
        }
    }
}
