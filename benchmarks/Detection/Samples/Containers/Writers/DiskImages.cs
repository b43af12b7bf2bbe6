using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Containers.Writers;

/// <summary>Images with files in their root: ISO 9660 with or without Joliet, FAT12, and virtual disks around it.</summary>
internal static class DiskImages
{
    private const int Sector = 2_048;

    /// <summary>ECMA-119, and Joliet's second tree when asked.</summary>
    public static byte[] Iso(IReadOnlyList<SampleFile> files, bool joliet)
    {
        const int firstFolder = 20;
        var at = firstFolder + 2;
        List<(SampleFile File, int Sector)> placed = [];
        foreach (var file in files)
        {
            placed.Add((file, at));
            at += (file.Content.Length + Sector - 1) / Sector;
        }

        var image = new byte[(at + 1) * Sector];
        Descriptor(image.AsSpan(16 * Sector, Sector), 1, firstFolder);
        if (joliet)
        {
            Descriptor(image.AsSpan(17 * Sector, Sector), 2, firstFolder + 1);
            "%/E"u8.CopyTo(image.AsSpan((17 * Sector) + 88));
        }

        image[18 * Sector] = 255;
        "CD001"u8.CopyTo(image.AsSpan((18 * Sector) + 1));
        Folder(image.AsSpan(firstFolder * Sector, Sector), firstFolder, placed, unicode: false);
        if (joliet)
            Folder(image.AsSpan((firstFolder + 1) * Sector, Sector), firstFolder + 1, placed, unicode: true);
        foreach (var (file, sector) in placed)
            file.Content.CopyTo(image.AsMemory(sector * Sector));
        return image;
    }

    /// <summary>A FAT12 volume with long names.</summary>
    public static byte[] Fat(IReadOnlyList<SampleFile> files)
    {
        const int rootEntries = 224, tableSectors = 9, firstData = 1 + (2 * tableSectors) + (rootEntries * 32 / 512);
        var clusters = files.Sum(file => Math.Max(1, (file.Content.Length + 511) / 512)) + 20;
        var disk = new byte[(firstData + clusters) * 512];
        ((ReadOnlySpan<byte>)[0xEB, 0x3C, 0x90]).CopyTo(disk);
        "MSDOS5.0"u8.CopyTo(disk.AsSpan(3));
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(11), 512);
        (disk[13], disk[14], disk[16], disk[21], disk[22], disk[510], disk[511]) = (1, 1, 2, 0xF0, tableSectors, 0x55, 0xAA);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(17), rootEntries);
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(19), (ushort)(disk.Length / 512));
        Link(disk, 0, 0xFF0);
        Link(disk, 1, 0xFFF);
        var entry = 512 * (1 + (2 * tableSectors));
        var cluster = 2;
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
        {
            entry = Entries(disk, entry, file, index, cluster);
            file.Content.CopyTo(disk.AsMemory((firstData + cluster - 2) * 512));
            var count = Math.Max(1, (file.Content.Length + 511) / 512);
            for (var step = 1; step < count; step++, cluster++)
                Link(disk, cluster, cluster + 1);
            Link(disk, cluster++, 0xFFF);
        }

        disk.AsSpan(512, 512 * tableSectors).CopyTo(disk.AsSpan(512 * (1 + tableSectors)));
        return disk;
    }

    /// <summary>Behind a boot record, as the only partition.</summary>
    public static byte[] Partitioned(byte[] volume)
    {
        var disk = new byte[(63 * 512) + volume.Length];
        (disk[450], disk[454], disk[510], disk[511]) = (6, 63, 0x55, 0xAA);
        BinaryPrimitives.WriteInt32LittleEndian(disk.AsSpan(458), volume.Length / 512);
        volume.CopyTo(disk, 63 * 512);
        return disk;
    }

    public static byte[] FixedVhd(byte[] disk) => [.. disk, .. Footer(disk.Length, 2, -1)];

    public static byte[] DynamicVhd(byte[] disk)
    {
        const int block = 2 * 1024 * 1024, start = 512 + 1_024 + 512;
        var count = (disk.Length + block - 1) / block;
        var image = new byte[start + (count * (512 + block))];
        Footer(count * (long)block, 3, 512).CopyTo(image, 0);
        var header = image.AsSpan(512, 1_024);
        "cxsparse"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], 1_536);
        BinaryPrimitives.WriteInt32BigEndian(header[28..], count);
        BinaryPrimitives.WriteInt32BigEndian(header[32..], block);
        image.AsSpan(1_536, 512).Fill(0xFF);
        for (var index = 0; index < count; index++)
        {
            var at = start + (index * (512 + block));
            BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(1_536 + (index * 4)), at / 512);
            image.AsSpan(at, 512).Fill(0xFF);
            disk.AsSpan(index * block, Math.Min(block, disk.Length - (index * block))).CopyTo(image.AsSpan(at + 512));
        }

        return [.. image, .. image.AsSpan(0, 512)];
    }

    private static byte[] Footer(long length, int kind, long header)
    {
        var footer = new byte[512];
        "conectix"u8.CopyTo(footer);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(16), header);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(40), length);
        BinaryPrimitives.WriteInt64BigEndian(footer.AsSpan(48), length);
        BinaryPrimitives.WriteInt32BigEndian(footer.AsSpan(60), kind);
        return footer;
    }

    private static void Descriptor(Span<byte> descriptor, byte kind, int folder)
    {
        descriptor[0] = kind;
        "CD001"u8.CopyTo(descriptor[1..]);
        descriptor[6] = 1;
        Record(descriptor[156..], folder, Sector, [0], folder: true);
    }

    private static void Folder(Span<byte> octets, int own, List<(SampleFile File, int Sector)> files, bool unicode)
    {
        var at = Record(octets, own, Sector, [0], folder: true);
        at += Record(octets[at..], own, Sector, [1], folder: true);
        foreach (var ((file, sector), index) in files.Select((file, index) => (file, index)))
        {
            var extension = Path.GetExtension(file.Name).TrimStart('.');
            var name = unicode ? Encoding.BigEndianUnicode.GetBytes($"{file.Name};1") : Encoding.ASCII.GetBytes($"FILE{index}.{extension[..Math.Min(3, extension.Length)].ToUpperInvariant()};1");
            at += Record(octets[at..], sector, file.Content.Length, name, folder: false);
        }
    }

    private static int Record(Span<byte> record, int extent, int length, byte[] name, bool folder)
    {
        var size = 33 + name.Length + ((33 + name.Length) & 1);
        record[0] = (byte)size;
        BinaryPrimitives.WriteInt32LittleEndian(record[2..], extent);
        BinaryPrimitives.WriteInt32BigEndian(record[6..], extent);
        BinaryPrimitives.WriteInt32LittleEndian(record[10..], length);
        BinaryPrimitives.WriteInt32BigEndian(record[14..], length);
        record[25] = (byte)(folder ? 2 : 0);
        record[32] = (byte)name.Length;
        name.CopyTo(record[33..]);
        return size;
    }

    private static int Entries(byte[] disk, int at, SampleFile file, int index, int cluster)
    {
        var extension = Path.GetExtension(file.Name).TrimStart('.').ToUpperInvariant();
        var shortName = Encoding.ASCII.GetBytes($"FILE{index}~1".PadRight(8) + (Ascii.IsValid(extension) ? extension : "BIN").PadRight(3)[..3]);
        var sum = shortName.Aggregate((byte)0, (value, octet) => (byte)(((value & 1) << 7) + (value >> 1) + octet));
        var pieces = file.Name.Chunk(13).ToList();
        for (var piece = pieces.Count; piece >= 1; piece--, at += 32)
        {
            var text = new string(pieces[piece - 1]);
            var octets = Encoding.Unicode.GetBytes(text.Length < 13 ? (text + "\0").PadRight(13, '\uffff') : text);
            disk[at] = (byte)(piece | (piece == pieces.Count ? 0x40 : 0));
            (disk[at + 11], disk[at + 13]) = (0x0F, sum);
            octets.AsSpan(0, 10).CopyTo(disk.AsSpan(at + 1));
            octets.AsSpan(10, 12).CopyTo(disk.AsSpan(at + 14));
            octets.AsSpan(22, 4).CopyTo(disk.AsSpan(at + 28));
        }

        shortName.CopyTo(disk, at);
        disk[at + 11] = 0x20;
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(at + 26), (ushort)cluster);
        BinaryPrimitives.WriteInt32LittleEndian(disk.AsSpan(at + 28), file.Content.Length);
        return at + 32;
    }

    private static void Link(byte[] disk, int cluster, int next)
    {
        var at = 512 + cluster + (cluster / 2);
        var pair = BinaryPrimitives.ReadUInt16LittleEndian(disk.AsSpan(at));
        pair = (cluster & 1) == 0 ? (ushort)((pair & 0xF000) | next) : (ushort)((pair & 0x000F) | (next << 4));
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(at), pair);
    }
}
