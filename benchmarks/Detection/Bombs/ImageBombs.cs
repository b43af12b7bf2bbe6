using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Disk images whose folders and tables lead in circles, and pictures of impossible size.</summary>
internal static class ImageBombs
{
    private const int Sector = 2_048;

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("ISO whose folders hold each other", random => BombMail.With(random, "a.iso", Iso(random, folders: 60, files: 0))),
        new("ISO of ten thousand files over the same bytes", random => BombMail.With(random, "a.iso", Iso(random, folders: 1, files: 10_000))),
        new("FAT whose clusters go in a circle", random => BombMail.With(random, "a.img", Fat(random))),
        new("dynamic disk with a table of a billion blocks", random => BombMail.With(random, "a.vhd", Dynamic())),
        new("NTFS whose file table is without end", random => BombMail.With(random, "a.vhd", Ntfs())),
        new("picture of 65,535 by 65,535", random => BombMail.With(random, "a.png", Png(65_535, 65_535))),
        new("two hundred pictures of 30,000 by 30,000", random => Samples.SampleMail.With(random, [.. Enumerable.Range(0, 200).Select(index => new Samples.SampleFile($"{index}.png", Png(30_000, 30_000), "image/png"))])),
        new("GIF of ten thousand frames", random => BombMail.With(random, "a.gif", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, .. Enumerable.Repeat((byte[])[0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 2, 0x4C, 1, 0], 100_000).SelectMany(frame => frame), 0x3B])),
    ];

    private static byte[] Iso(Random random, int folders, int files)
    {
        var content = new byte[(40 + (folders * 4) + (files / 20)) * Sector];
        random.NextBytes(content.AsSpan(30 * Sector, Sector));
        var descriptor = content.AsSpan(16 * Sector, Sector);
        descriptor[0] = 1;
        "CD001"u8.CopyTo(descriptor[1..]);
        Record(descriptor[156..], 20, folders * Sector, "\0", folder: true);
        content[17 * Sector] = 255;
        "CD001"u8.CopyTo(content.AsSpan((17 * Sector) + 1));
        var at = 20 * Sector;
        for (var index = 0; index < folders * 40 && index < 800; index++)
            at = Place(content, at, 20 + (index % folders), folders * Sector, $"D{index}", folder: true);
        for (var index = 0; index < files; index++)
            at = Place(content, at, 16 + (index % 8), content.Length - (40 * Sector) - index, $"F{index}", folder: false);
        if (files > 0)
            BinaryPrimitives.WriteInt32LittleEndian(descriptor[166..], at - (20 * Sector));
        return content;
    }

    private static int Place(Span<byte> content, int at, int extent, int length, string name, bool folder)
    {
        if (Sector - (at % Sector) < 33 + name.Length)
            at = (at / Sector + 1) * Sector;
        if (at + 64 > content.Length)
            return at;
        return at + Record(content[at..], extent, length, name, folder);
    }

    private static int Record(Span<byte> record, int extent, int length, string name, bool folder)
    {
        record[0] = (byte)(33 + name.Length + ((33 + name.Length) & 1));
        BinaryPrimitives.WriteInt32LittleEndian(record[2..], extent);
        BinaryPrimitives.WriteInt32LittleEndian(record[10..], length);
        record[25] = (byte)(folder ? 2 : 0);
        record[32] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name).CopyTo(record[33..]);
        return record[0];
    }

    private static byte[] Fat(Random random)
    {
        var disk = new byte[2_000 * 512];
        ((ReadOnlySpan<byte>)[0xEB, 0x3C, 0x90]).CopyTo(disk);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(11), 512);
        (disk[13], disk[14], disk[16], disk[21], disk[22], disk[510], disk[511]) = (1, 1, 2, 0xF8, 6, 0x55, 0xAA);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(17), 512);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(19), 2_000);
        // Every cluster is followed by the one that it follows.
        for (var at = 512; at < 512 * 7; at++)
            disk[at] = (byte)(at % 3 == 0 ? 2 : random.Next(256));
        for (var index = 0; index < 512; index++)
        {
            var entry = disk.AsSpan((13 * 512) + (index * 32), 32);
            Encoding.ASCII.GetBytes($"F{index}".PadRight(11)).CopyTo(entry);
            entry[11] = (byte)(index % 2 == 0 ? 0x10 : 0x20);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[26..], (ushort)(2 + (index % 1_000)));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[28..], uint.MaxValue);
        }

        return disk;
    }

    private static byte[] Dynamic()
    {
        var disk = new byte[8_192];
        "conectix"u8.CopyTo(disk);
        BinaryPrimitives.WriteInt64BigEndian(disk.AsSpan(16), 512);
        BinaryPrimitives.WriteInt64BigEndian(disk.AsSpan(48), long.MaxValue / 2);
        BinaryPrimitives.WriteInt32BigEndian(disk.AsSpan(60), 3);
        "cxsparse"u8.CopyTo(disk.AsSpan(512));
        BinaryPrimitives.WriteInt64BigEndian(disk.AsSpan(512 + 16), 1_536);
        BinaryPrimitives.WriteUInt32BigEndian(disk.AsSpan(512 + 28), uint.MaxValue);
        BinaryPrimitives.WriteUInt32BigEndian(disk.AsSpan(512 + 32), 512);
        return disk;
    }

    private static byte[] Ntfs()
    {
        var disk = new byte[3 * 1024 * 1024];
        "\u00EB\u0052\u0090NTFS    "u8.CopyTo(disk);
        ((ReadOnlySpan<byte>)[0xEB, 0x52, 0x90]).CopyTo(disk);
        "NTFS    "u8.CopyTo(disk.AsSpan(3));
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(11), 512);
        (disk[13], disk[64], disk[510], disk[511]) = (1, unchecked((byte)-10), 0x55, 0xAA);
        BinaryPrimitives.WriteInt64LittleEndian(disk.AsSpan(48), 4);
        var record = disk.AsSpan(4 * 512, 1_024);
        "FILE"u8.CopyTo(record);
        record[20] = 56;
        record[22] = 1;
        var data = record[56..];
        data[0] = 0x80;
        data[4] = 100;
        data[8] = 1;
        data[32] = 64;
        BinaryPrimitives.WriteInt64LittleEndian(data[48..], long.MaxValue / 4);
        // A run of the largest length from cluster four on, then again and again.
        for (var at = 64; at < 96; at += 4)
            ((ReadOnlySpan<byte>)[0x12, 0xFF, 0x0F, 0x04]).CopyTo(data[at..]);
        return disk;
    }

    private static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        var sum = ~png.AsSpan(12, 17).ToArray().Aggregate(uint.MaxValue, Step);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), sum);
        byte[] packed = [0x78, 0xDA, .. RawZip.Deflated(4_000_000)];
        byte[] chunk = [.. "IDAT"u8, .. packed];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, packed.Length);
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, ~chunk.Aggregate(uint.MaxValue, Step));
        return [.. png, .. length, .. chunk, .. check];
    }

    private static uint Step(uint sum, byte octet)
    {
        sum ^= octet;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
        return sum;
    }
}
