using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// Tar (POSIX.1-2017, pax, "ustar Interchange Format"): records of 512 octets, a header with name and length in octal before the data
/// of each file. Longer names stand before it in a record of their own: pax (type x, lines of "length key=value") or GNU's (type L).
/// </summary>
internal static class TarFile
{
    private const int Record = 512;

    public static void Read(Unpacking unpacking)
    {
        var content = unpacking.Content;
        string? longName = null;
        var any = false;
        for (long at = 0; at + Record <= content.Length;)
        {
            var header = content.Span.Slice((int)at, Record);
            if (header[0] == 0 && header.IndexOfAnyExcept((byte)0) < 0)
                break;
            var length = Number(header.Slice(124, 12));
            if (length < 0)
                break;
            at += Record;
            var data = content.Slice((int)at, (int)Math.Min(length, content.Length - at));
            at += (length + Record - 1) / Record * Record;
            switch ((char)header[156])
            {
                case 'x':
                    longName = PaxPath(data.Span) ?? longName;
                    continue;
                case 'L':
                    longName = Text(data.Span);
                    continue;
                case 'g' or 'K' or '5' or 'V':
                    continue;
            }

            any = true;
            if (!Member(unpacking, longName ?? NameOf(header), data))
                return;
            longName = null;
        }

        if (!any)
            unpacking.Note("damaged-archive", "no member could be read");
    }

    private static bool Member(Unpacking unpacking, string name, ReadOnlyMemory<byte> data)
    {
        if (!unpacking.TakeEntry())
            return unpacking.Member(name, ReadOnlyMemory<byte>.Empty);
        // Stored as they are: nothing is copied, but it counts.
        var granted = unpacking.Budget.TakeUnpacked(data.Length, unpacking.File.Path);
        return unpacking.Member(name, data[..granted]);
    }

    private static string NameOf(ReadOnlySpan<byte> header)
    {
        var name = Text(header[..100]);
        var prefix = header[257..].StartsWith("ustar\0"u8) ? Text(header.Slice(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    // Octal digits, or, for what they cannot hold, a binary number under the high bit.
    private static long Number(ReadOnlySpan<byte> field)
    {
        long value = 0;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var octet in field[4..])
                value = (value << 8) | octet;
            return value;
        }

        foreach (var octet in field)
            if (octet is >= (byte)'0' and <= (byte)'7')
                value = (value << 3) | (uint)(octet - '0');
            else if (octet is not ((byte)' ' or 0))
                return -1;
        return value;
    }

    private static string? PaxPath(ReadOnlySpan<byte> records)
    {
        var at = records.IndexOf(" path="u8);
        if (at < 0)
            return null;
        var rest = records[(at + 6)..];
        var end = rest.IndexOf((byte)'\n');
        return Charsets.Guess(rest[..(end < 0 ? rest.Length : end)]);
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Charsets.Guess(field[..(end < 0 ? field.Length : end)]);
    }
}
