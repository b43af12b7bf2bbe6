using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Writes shell links ([MS-SHLLINK]) with what is given, as Explorer or a kit for attackers would.</summary>
internal sealed record ShellLinkWriter
{
    private const uint ItemsFlag = 0x1, InformationFlag = 0x2, UnicodeFlag = 0x80, EnvironmentFlag = 0x200;

    /// <summary>Whole path, written as a list of items and, where it is local, as link information.</summary>
    public string Path { get; init; } = "";

    public bool WithInformation { get; init; } = true;
    public string Environment { get; init; } = "";
    public string Name { get; init; } = "";
    public string RelativePath { get; init; } = "";
    public string WorkingFolder { get; init; } = "";
    public string Arguments { get; init; } = "";
    public string Icon { get; init; } = "";
    public int Show { get; init; } = 1;
    public string Machine { get; init; } = "";
    public ReadOnlyMemory<byte> Appended { get; init; }

    public byte[] ToArray(Random random)
    {
        using var file = new MemoryStream();
        string[] strings = [Name, RelativePath, WorkingFolder, Arguments, Icon];
        var flags = UnicodeFlag | (Path.Length > 0 ? ItemsFlag : 0) | (Path.Length > 0 && WithInformation ? InformationFlag : 0) | (Environment.Length > 0 ? EnvironmentFlag : 0);
        for (var index = 0; index < strings.Length; index++)
            flags |= strings[index].Length > 0 ? 0x4u << index : 0;
        var header = new byte[76];
        ((ReadOnlySpan<byte>)[0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]).CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), 0x20);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(28), SampleClock.Now.AddDays(-random.Next(1, 900)).UtcDateTime.ToFileTimeUtc());
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(52), random.Next(10_000, 900_000));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(60), Show);
        file.Write(header);
        if (Path.Length > 0)
            WriteItems(file);
        if (Path.Length > 0 && WithInformation)
            WriteInformation(file);
        foreach (var text in strings)
            if (text.Length > 0)
            {
                file.Write(Word(text.Length));
                file.Write(Encoding.Unicode.GetBytes(text));
            }

        if (Environment.Length > 0)
            WriteEnvironment(file);
        if (Machine.Length > 0)
            WriteTracker(file, random);
        file.Write(new byte[4]);
        file.Write(Appended.Span);
        return file.ToArray();
    }

    private void WriteItems(MemoryStream file)
    {
        using var list = new MemoryStream();
        // The root "This PC", then a volume and a folder or file each.
        WriteItem(list, [0x1F, 0x50, 0xE0, 0x4F, 0xD0, 0x20, 0xEA, 0x3A, 0x69, 0x10, 0xA2, 0xD8, 0x08, 0x00, 0x2B, 0x30, 0x30, 0x9D]);
        if (Path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            WriteItem(list, [0xC3, 0x01, 0xC1, .. Encoding.ASCII.GetBytes(Path), 0, .. "Microsoft Network"u8, 0, 0x02, 0x00]);
        }
        else
        {
            string[] parts = Path.Split('\\');
            WriteItem(list, [0x2F, .. Encoding.ASCII.GetBytes($@"{parts[0]}\"), .. new byte[20]]);
            for (var index = 1; index < parts.Length; index++)
                WriteItem(list, FileItem(parts[index], isFile: index == parts.Length - 1));
        }

        list.Write(new byte[2]);
        file.Write(Word((int)list.Length));
        list.WriteTo(file);
    }

    private static byte[] FileItem(string name, bool isFile)
    {
        var ascii = Encoding.ASCII.GetBytes(name.Length > 8 ? $"{new string([.. name.Where(char.IsAsciiLetterOrDigit).Take(6)]).ToUpperInvariant()}~1" : name);
        byte[] shortName = [.. ascii, 0, .. ascii.Length % 2 == 0 ? new byte[1] : []];
        byte[] wide = [.. Encoding.Unicode.GetBytes(name), 0, 0];
        // Extension block of version 9: the long name stands after 46 octets.
        byte[] extension = [.. Word(46 + wide.Length + 2), 9, 0, 4, 0, 0xEF, 0xBE, .. new byte[38], .. wide, .. Word(14 + shortName.Length)];
        return [(byte)(isFile ? 0x32 : 0x31), 0, .. new byte[4], .. new byte[4], (byte)(isFile ? 0x20 : 0x10), 0, .. shortName, .. extension];
    }

    private static void WriteItem(MemoryStream list, byte[] item)
    {
        list.Write(Word(item.Length + 2));
        list.Write(item);
    }

    private void WriteInformation(MemoryStream file)
    {
        byte[] path = [.. Encoding.ASCII.GetBytes(Path), 0];
        if (Path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            // Common network relative link: the share, then the suffix.
            var cut = Path.IndexOf('\\', Path.IndexOf('\\', 2) + 1);
            byte[] share = [.. Encoding.ASCII.GetBytes(cut < 0 ? Path : Path[..cut]), 0];
            byte[] suffix = [.. Encoding.ASCII.GetBytes(cut < 0 ? "" : Path[(cut + 1)..]), 0];
            byte[] network = [.. Long(20 + share.Length), .. Long(2), .. Long(20), .. Long(0), .. Long(0x20000), .. share];
            file.Write([.. Long(28 + network.Length + suffix.Length), .. Long(28), .. Long(2), .. Long(0), .. Long(0), .. Long(28), .. Long(28 + network.Length), .. network, .. suffix]);
            return;
        }

        byte[] volume = [.. Long(17), .. Long(3), .. Long(0x1234ABCD), .. Long(16), 0];
        file.Write([.. Long(28 + volume.Length + path.Length + 1), .. Long(28), .. Long(1), .. Long(28), .. Long(28 + volume.Length), .. Long(0), .. Long(28 + volume.Length + path.Length), .. volume, .. path, 0]);
    }

    private void WriteEnvironment(MemoryStream file)
    {
        var block = new byte[788];
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), 0xA0000001);
        Encoding.ASCII.GetBytes(Environment).CopyTo(block, 8);
        Encoding.Unicode.GetBytes(Environment).CopyTo(block, 268);
        file.Write(block);
    }

    private void WriteTracker(MemoryStream file, Random random)
    {
        var block = new byte[96];
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), 0xA0000003);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), 0x58);
        Encoding.ASCII.GetBytes(Machine.Length > 15 ? Machine[..15] : Machine).CopyTo(block, 16);
        random.NextBytes(block.AsSpan(32));
        file.Write(block);
    }

    private static byte[] Word(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Long(int value) => BitConverter.GetBytes(value);
}
