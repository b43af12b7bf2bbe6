using System.IO.Compression;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>The filters of streams (ISO 32000-1 7.4) but for pictures. What comes out before an error is kept; no more than asked comes out.</summary>
internal static class PdfFilters
{
    public static byte[] Hex(ReadOnlySpan<byte> text)
    {
        var output = new byte[(text.Length + 1) / 2];
        int length = 0, digits = 0, value = 0;
        foreach (var character in text)
        {
            if (character == '>')
                break;
            if (!char.IsAsciiHexDigit((char)character))
                continue;
            value = (value << 4) | (character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10);
            if (++digits % 2 == 0)
            {
                output[length++] = (byte)value;
                value = 0;
            }
        }

        if (digits % 2 == 1)
            output[length++] = (byte)(value << 4);
        return output[..length];
    }

    public static byte[] Ascii85(ReadOnlySpan<byte> text, int most)
    {
        using var output = new MemoryStream();
        Span<uint> group = stackalloc uint[5];
        var count = 0;
        foreach (var character in text)
        {
            if (character == '~' || output.Length >= most)
                break;
            if (character == 'z' && count == 0)
                output.Write([0, 0, 0, 0]);
            if (character is < (byte)'!' or > (byte)'u')
                continue;
            group[count++] = (uint)(character - '!');
            if (count == 5)
            {
                Write(output, group, 4);
                count = 0;
            }
        }

        if (count > 1)
        {
            var whole = count - 1;
            for (; count < 5; count++)
                group[count] = 84;
            Write(output, group, whole);
        }

        return output.ToArray();
    }

    public static byte[] RunLength(ReadOnlySpan<byte> data, int most)
    {
        using var output = new MemoryStream();
        for (var at = 0; at < data.Length && output.Length < most;)
        {
            var length = data[at++];
            if (length == 128)
                break;
            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - at);
                output.Write(data.Slice(at, count));
                at += count;
            }
            else if (at < data.Length)
            {
                var value = data[at++];
                for (var repeat = 257 - length; repeat > 0; repeat--)
                    output.WriteByte(value);
            }
        }

        return output.ToArray();
    }

    public static byte[] Flate(ReadOnlyMemory<byte> data, int most)
    {
        // A damaged header is passed over, as readers do: what follows may be whole.
        var output = Inflate(new ZLibStream(Open(data), CompressionMode.Decompress), most);
        return output.Length == 0 && data.Length > 2 ? Inflate(new DeflateStream(Open(data[2..]), CompressionMode.Decompress), most) : output;
    }

    public static byte[] Lzw(ReadOnlySpan<byte> data, bool early, int most)
    {
        const int clear = 256, end = 257, maxCodes = 4096;
        using var output = new MemoryStream();
        var prefix = new int[maxCodes];
        var suffix = new byte[maxCodes];
        var lengths = new int[maxCodes];
        for (var code = 0; code < 256; code++)
        {
            suffix[code] = (byte)code;
            lengths[code] = 1;
        }

        int next = 258, width = 9, previous = -1, bits = 0, buffer = 0;
        var entry = new byte[maxCodes];
        foreach (var octet in data)
        {
            buffer = (buffer << 8) | octet;
            bits += 8;
            if (bits < width)
                continue;
            bits -= width;
            var code = (buffer >> bits) & ((1 << width) - 1);
            buffer &= (1 << bits) - 1;
            if (code == end || output.Length >= most)
                break;
            if (code == clear)
            {
                (next, width, previous) = (258, 9, -1);
                continue;
            }

            if (code > next || code == next && previous < 0)
                break;
            var source = code < next ? code : previous;
            var length = lengths[source];
            for (int at = length - 1, walk = source; at >= 0; at--, walk = prefix[walk])
                entry[at] = suffix[walk];
            if (code == next && length < maxCodes)
                entry[length++] = entry[0];
            output.Write(entry, 0, length);
            if (previous >= 0 && next < maxCodes)
            {
                prefix[next] = previous;
                suffix[next] = entry[0];
                lengths[next] = Math.Min(maxCodes, lengths[previous] + 1);
                next++;
            }

            previous = code;
            width = next + (early ? 1 : 0) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        }

        return output.ToArray();
    }

    /// <summary>Undoes a predictor (7.4.4.4): PNG rows by their own filter each, TIFF by 8-bit components.</summary>
    public static byte[] Unpredict(byte[] data, int predictor, int colors, int bits, int columns)
    {
        if (predictor < 2 || colors is < 1 or > 32 || bits is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > 1_000_000)
            return data;
        var pixel = Math.Max(1, colors * bits / 8);
        var row = (int)(((long)colors * bits * columns) + 7) / 8;
        if (predictor == 2)
        {
            for (var start = 0; bits == 8 && start < data.Length; start += row)
                for (var at = start + pixel; at < Math.Min(data.Length, start + row); at++)
                    data[at] += data[at - pixel];
            return data;
        }

        var rows = (data.Length + row) / (row + 1);
        var output = new byte[rows * row];
        var length = 0;
        for (var index = 0; index < rows; index++)
        {
            var source = data.AsSpan(index * (row + 1));
            var filter = source[0];
            source = source[1..Math.Min(source.Length, row + 1)];
            var target = output.AsSpan(index * row, source.Length);
            var above = index == 0 ? default : output.AsSpan((index - 1) * row, row);
            for (var at = 0; at < source.Length; at++)
            {
                int left = at >= pixel ? target[at - pixel] : 0, up = above.IsEmpty ? 0 : above[at], corner = at >= pixel && !above.IsEmpty ? above[at - pixel] : 0;
                target[at] = (byte)(source[at] + filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
            }

            length += source.Length;
        }

        return output[..length];
    }

    private static int Paeth(int left, int up, int corner)
    {
        int guess = left + up - corner, toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void Write(MemoryStream output, ReadOnlySpan<uint> group, int count)
    {
        uint value = 0;
        foreach (var digit in group)
            value = (value * 85) + digit;
        for (var index = 0; index < count; index++)
            output.WriteByte((byte)(value >> (24 - (8 * index))));
    }

    private static byte[] Inflate(Stream stream, int most)
    {
        using (stream)
        {
            using var output = new MemoryStream();
            var buffer = new byte[32 * 1024];
            try
            {
                for (int read; output.Length < most && (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most - output.Length))) > 0;)
                    output.Write(buffer, 0, read);
            }
            catch (InvalidDataException)
            {
                // Damaged or cut: what came before stays.
            }

            return output.ToArray();
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> data) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(data, out var segment) ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(data.ToArray(), writable: false);
}
