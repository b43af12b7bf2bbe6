using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Platform.Engine.Attachments.Programs;

// A program of Windows ([PE format]) begins with a DOS header, `MZ`, which tells where the signature `PE\0\0` stands. Behind it a COFF
// header (machine, number of sections, characteristics), an optional header (subsystem, data directories) and the sections by
// name, size and place. The 15th directory shows a program for .NET; the third, resources, holds the version information, in
// which a program names itself, its maker and the name it was built under: that of a disguised one seldom is the name it bears.

/// <summary>What the headers of a Windows program say.</summary>
/// <param name="Names">OriginalFilename, ProductName, CompanyName and the like, as far as they are given.</param>
internal sealed record PeFile(string Machine, string Subsystem, bool IsLibrary, bool IsDotNet, IReadOnlyList<string> Sections, IReadOnlyDictionary<string, string> Names, long Overlay)
{
    private const int MaxSections = 96;

    private static readonly string[] Packers = ["upx", "aspack", "mpress", ".themida", ".vmp", "petite", ".nsp", "fsg", ".enigma", ".taz", "pec1", "pec2", ".mpress"];
    private static readonly string[] Wanted = ["OriginalFilename", "ProductName", "CompanyName", "FileDescription", "InternalName"];

    public string? Packer => Sections.FirstOrDefault(section => Array.Exists(Packers, packer => section.StartsWith(packer, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Null when it is no such program.</summary>
    public static PeFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 0x40 || !file.StartsWith("MZ"u8))
            return null;
        var header = BinaryPrimitives.ReadInt32LittleEndian(file[0x3C..]);
        if (header < 0 || header > file.Length - 26 || !file[header..].StartsWith("PE\0\0"u8))
            return null;
        var coff = file[(header + 4)..];
        var optionalLength = BinaryPrimitives.ReadUInt16LittleEndian(coff[16..]);
        var characteristics = BinaryPrimitives.ReadUInt16LittleEndian(coff[18..]);
        var optional = coff.Length > 20 ? coff[20..] : [];
        var isWide = optional.Length > 2 && BinaryPrimitives.ReadUInt16LittleEndian(optional) == 0x20B;
        var subsystem = optional.Length > 70 ? BinaryPrimitives.ReadUInt16LittleEndian(optional[68..]) : 0;
        var directories = isWide ? 112 : 96;
        var dotNet = optional.Length >= directories + (15 * 8) && optionalLength >= directories + (15 * 8) && BinaryPrimitives.ReadUInt32LittleEndian(optional[(directories + (14 * 8))..]) != 0;
        var (sections, end) = ReadSections(coff, 20 + optionalLength, BinaryPrimitives.ReadUInt16LittleEndian(coff[2..]));
        return new PeFile(
            MachineOf(BinaryPrimitives.ReadUInt16LittleEndian(coff)),
            subsystem switch { 1 => "driver", 2 => "window", 3 => "console", 9 => "mobile", >= 10 and <= 13 => "firmware", _ => "none" },
            (characteristics & 0x2000) != 0,
            dotNet,
            sections,
            ReadNames(file),
            end > 0 && end < file.Length ? file.Length - end : 0);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Machine} {Subsystem} {(IsLibrary ? "library" : "program")}{(IsDotNet ? ", .NET" : "")}{(Packer is { } packer ? $", packed ({packer})" : "")}");
        foreach (var name in Wanted)
            if (Names.TryGetValue(name, out var value))
                text.Append(CultureInfo.InvariantCulture, $", {name}: {value}");
        return text.ToString();
    }

    private static (List<string> Sections, long End) ReadSections(ReadOnlySpan<byte> coff, int at, int count)
    {
        List<string> sections = [];
        long end = 0;
        for (var index = 0; index < Math.Min(count, MaxSections) && at + 40 <= coff.Length; index++, at += 40)
        {
            sections.Add(Encoding.Latin1.GetString(coff.Slice(at, 8)).TrimEnd('\0'));
            end = Math.Max(end, (long)BinaryPrimitives.ReadUInt32LittleEndian(coff[(at + 20)..]) + BinaryPrimitives.ReadUInt32LittleEndian(coff[(at + 16)..]));
        }

        return (sections, end);
    }

    // The strings of VERSIONINFO are key and value in UTF-16, each ended by a zero and filled up to four octets.
    private static Dictionary<string, string> ReadNames(ReadOnlySpan<byte> file)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var info = file.IndexOf(Encoding.Unicode.GetBytes("StringFileInfo"));
        if (info < 0)
            return names;
        var block = file.Slice(info, Math.Min(8_192, file.Length - info));
        foreach (var key in Wanted)
        {
            var at = block.IndexOf(Encoding.Unicode.GetBytes($"{key}\0"));
            if (at < 0)
                continue;
            at += 2 * (key.Length + 1);
            while (at + 1 < block.Length && block[at] == 0 && block[at + 1] == 0)
                at += 2;
            var value = Shortcuts.ShellLinkParser.Unicode(block[Math.Min(at, block.Length)..Math.Min(block.Length, at + 256)]);
            if (value.Length > 0 && !Array.Exists(Wanted, other => value.EndsWith(other, StringComparison.Ordinal)))
                names[key] = new string([.. value.Where(character => !char.IsControl(character))]);
        }

        return names;
    }

    private static string MachineOf(ushort machine) => machine switch { 0x14C => "x86", 0x8664 => "x64", 0xAA64 => "ARM64", 0x1C0 or 0x1C4 => "ARM", _ => $"machine {machine:x}" };
}
