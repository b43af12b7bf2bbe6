using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Shortcuts;

// A shell link ([MS-SHLLINK]) is a header of 76 octets whose flags say what follows, in this order: the target as a list of
// shell items (2.2), the link information with a local or network path (2.3), counted strings (2.4: name, relative path, working
// folder, arguments, icon), and extra blocks by signature (2.5: environment path, icon path, tracker with the maker's machine).
// Two tricks live here: arguments padded with so much white space that the properties window shows none of them, and data
// appended after the terminal block, which the arguments find and run.

/// <summary>Reads a shell link of any octets; null when there is no header of one.</summary>
internal static class ShellLinkParser
{
    private const int HeaderLength = 76;
    private const int MaxString = 65_535;
    private const uint EnvironmentBlock = 0xA0000001;
    private const uint TrackerBlock = 0xA0000003;

    private static ReadOnlySpan<byte> Beginning => [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0];

    public static ShellLink? Parse(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Beginning))
            return null;
        var flags = (LinkFlags)BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        var show = BinaryPrimitives.ReadInt32LittleEndian(bytes[60..]);
        var at = HeaderLength;
        var fromItems = "";
        if (flags.HasFlag(LinkFlags.IdList) && Word(bytes, at) is var listLength and >= 0)
        {
            fromItems = ShellItems.PathOf(Slice(bytes, at + 2, listLength));
            at += 2 + listLength;
        }

        var fromInformation = "";
        if (flags.HasFlag(LinkFlags.Information) && at + 4 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            fromInformation = LinkInformation.PathOf(Slice(bytes, at, (int)Math.Min(length, int.MaxValue)));
            at = (int)Math.Min(bytes.Length, at + (long)Math.Max(4, length));
        }

        var strings = new string[5];
        for (var index = 0; index < strings.Length; index++)
            strings[index] = flags.HasFlag((LinkFlags)((uint)LinkFlags.Name << index)) ? ReadString(bytes, ref at, flags.HasFlag(LinkFlags.Unicode)) : "";
        var (environment, machine) = ReadBlocks(bytes, ref at);

        // The shell follows the environment block first, then the items; the information is for when the file was moved.
        string[] targets = [environment, fromItems, fromInformation];
        var target = targets.FirstOrDefault(path => path.Length > 0 && IsWhole(path)) ?? targets.FirstOrDefault(path => path.Length > 0) ?? "";
        return new ShellLink(target, strings[3], strings[1], strings[2], strings[4], strings[0], machine, show, file[Math.Min(at, file.Length)..]);
    }

    private static bool IsWhole(string path) => path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Contains('%', StringComparison.Ordinal);

    private static string ReadString(ReadOnlySpan<byte> bytes, ref int at, bool unicode)
    {
        var count = Word(bytes, at);
        if (count < 0)
            return "";
        var text = Slice(bytes, at + 2, Math.Min(count, MaxString) * (unicode ? 2 : 1));
        at = Math.Min(bytes.Length, at + 2 + text.Length);
        return (unicode ? Encoding.Unicode.GetString(text) : Charsets.Guess(text)).TrimEnd('\0');
    }

    private static (string Environment, string Machine) ReadBlocks(ReadOnlySpan<byte> bytes, ref int at)
    {
        var environment = "";
        var machine = "";
        while (at + 4 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            if (length < 8 || length > bytes.Length - at)
            {
                // The terminal block is a length below four.
                at += length < 4 ? 4 : 0;
                break;
            }

            var block = bytes.Slice(at, (int)length);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(block[4..]))
            {
                case EnvironmentBlock:
                    environment = EnvironmentPath(block);
                    break;
                case TrackerBlock when block.Length >= 32:
                    machine = Ansi(block[16..32]);
                    break;
            }

            at += (int)length;
        }

        return (environment, machine);
    }

    private static string EnvironmentPath(ReadOnlySpan<byte> block)
    {
        const int AnsiAt = 8, UnicodeAt = 268, End = 788;
        var wide = block.Length > UnicodeAt ? Unicode(block[UnicodeAt..Math.Min(End, block.Length)]) : "";
        return wide.Length > 0 ? wide : block.Length > AnsiAt ? Ansi(block[AnsiAt..Math.Min(UnicodeAt, block.Length)]) : "";
    }

    /// <summary>A string that ends by a zero octet.</summary>
    public static string Ansi(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Charsets.Guess(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>A string in UTF-16LE that ends by a zero character.</summary>
    public static string Unicode(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 1 < bytes.Length; at += 2)
            if (bytes[at] == 0 && bytes[at + 1] == 0)
                return Encoding.Unicode.GetString(bytes[..at]);
        return Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]);
    }

    /// <summary>-1 when it lies outside.</summary>
    public static int Word(ReadOnlySpan<byte> bytes, int at) => at >= 0 && at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : -1;

    /// <summary>As much of the range as there is.</summary>
    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int at, int length) =>
        at < 0 || at >= bytes.Length || length <= 0 ? [] : bytes.Slice(at, Math.Min(length, bytes.Length - at));

    [Flags]
    private enum LinkFlags : uint
    {
        IdList = 0x1,
        Information = 0x2,
        Name = 0x4,
        Unicode = 0x80,
    }
}
