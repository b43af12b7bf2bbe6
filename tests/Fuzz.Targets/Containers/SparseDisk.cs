using System.Buffers.Binary;

namespace Platform.Fuzz.Targets.Containers;

/// <summary>
/// A disk of mostly zeros in few octets, so that mutation meets what means something: records of a sector's number (16 bits, little-endian)
/// and its 512 octets; what is left over ends the disk.
/// </summary>
internal static class SparseDisk
{
    private const int Sector = 512;
    private const int Longest = 4 * 1024 * 1024;

    public static byte[] Expand(ReadOnlySpan<byte> records)
    {
        var length = 0;
        for (var at = 0; at + 2 + Sector <= records.Length; at += 2 + Sector)
            length = Math.Max(length, (BinaryPrimitives.ReadUInt16LittleEndian(records[at..]) + 1) * Sector);
        var rest = records[(records.Length / (2 + Sector) * (2 + Sector))..];
        var disk = new byte[Math.Min(length, Longest) + rest.Length];
        for (var at = 0; at + 2 + Sector <= records.Length; at += 2 + Sector)
        {
            var start = BinaryPrimitives.ReadUInt16LittleEndian(records[at..]) * Sector;
            if (start + Sector <= disk.Length)
                records.Slice(at + 2, Sector).CopyTo(disk.AsSpan(start));
        }

        rest.CopyTo(disk.AsSpan(disk.Length - rest.Length));
        return disk;
    }

    public static byte[] Pack(ReadOnlySpan<byte> disk)
    {
        List<byte> records = [];
        for (var sector = 0; (sector + 1) * Sector <= disk.Length; sector++)
        {
            var octets = disk.Slice(sector * Sector, Sector);
            if (octets.IndexOfAnyExcept((byte)0) < 0)
                continue;
            records.AddRange([(byte)sector, (byte)(sector >> 8)]);
            records.AddRange(octets);
        }

        return [.. records];
    }
}
