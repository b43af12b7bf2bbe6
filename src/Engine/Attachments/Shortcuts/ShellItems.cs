using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// The path that a list of shell items spells ([MS-SHLLINK] 2.2; the items themselves are not published, their shape is known from
/// the files): a root, a volume, then a folder or file each, whose long name stands in an extension block of signature 0xBEEF0004.
/// </summary>
internal static class ShellItems
{
    private const int MaxItems = 64;
    private const uint LongName = 0xBEEF0004;

    public static string PathOf(ReadOnlySpan<byte> list)
    {
        var path = new StringBuilder();
        var at = 0;
        for (var count = 0; count < MaxItems && ShellLinkParser.Word(list, at) is var length and > 2; count++)
        {
            var item = ShellLinkParser.Slice(list, at + 2, length - 2);
            if (!item.IsEmpty && NameOf(item) is { Length: > 0 } name)
            {
                if (path.Length > 0 && path[^1] != '\\')
                    path.Append('\\');
                path.Append(name);
            }

            at += length;
        }

        return path.ToString();
    }

    private static string NameOf(ReadOnlySpan<byte> item) => item[0] switch
    {
        0x1F or 0x2E => "",
        0x2F or 0x23 or 0x25 or 0x29 or 0x2A => ShellLinkParser.Ansi(item[1..]),
        >= 0x30 and < 0x40 => FileName(item),
        0x61 => Longest(item),
        0x41 or 0x42 or 0x43 or 0x46 or 0x47 or 0xC3 => item.Length > 3 ? ShellLinkParser.Ansi(item[3..]) : "",
        _ => Longest(item) is { Length: > 3 } text && (text.Contains('\\', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)) ? text : "",
    };

    private static string FileName(ReadOnlySpan<byte> item)
    {
        const int NameAt = 12;
        if (item.Length <= NameAt)
            return "";
        var name = (item[0] & 4) != 0 ? ShellLinkParser.Unicode(item[NameAt..]) : ShellLinkParser.Ansi(item[NameAt..]);
        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, LongName);
        var block = item[NameAt..].IndexOf(signature) is var found and >= 4 ? item[(NameAt + found - 4)..] : [];
        if (block.IsEmpty)
            return name;
        var at = ShellLinkParser.Word(block, 2) switch
        {
            < 3 => -1,
            < 7 => 20,
            7 => 38,
            8 => 42,
            _ => 46,
        };
        return at > 0 && at < block.Length && ShellLinkParser.Unicode(block[at..]) is { Length: > 0 } longName ? longName : name;
    }

    // An address or path somewhere in an item of unknown shape.
    private static string Longest(ReadOnlySpan<byte> item)
    {
        var best = "";
        for (var step = 1; step <= 2; step++)
        {
            for (var start = 0; start < item.Length; start++)
            {
                var end = start;
                while (end + step - 1 < item.Length && item[end] is >= 0x20 and < 0x7F && (step == 1 || item[end + 1] == 0))
                    end += step;
                if ((end - start) / step > best.Length)
                    best = step == 1 ? Encoding.ASCII.GetString(item[start..end]) : Encoding.Unicode.GetString(item[start..end]);
                start = Math.Max(start, end - 1);
            }
        }

        return best;
    }
}
