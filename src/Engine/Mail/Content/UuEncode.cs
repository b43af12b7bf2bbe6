namespace Platform.Engine.Mail.Content;

/// <param name="Offset">Where the <c>begin</c> line stands.</param>
internal sealed record UuFile(string Name, byte[] Content, int Offset, bool Complete);

/// <summary>
/// uuencode (POSIX uuencode(1)): a <c>begin MODE NAME</c> line, lines whose first character gives the count of octets,
/// four characters for three octets, <c>end</c>. Older than MIME, still opened by clients when it stands in a text body.
/// </summary>
internal static class UuEncode
{
    private const int MaxFiles = 50;
    private const int MaxLineLength = 400;

    public static IEnumerable<UuFile> Find(ReadOnlyMemory<byte> text, int maxOutput)
    {
        var found = 0;
        var position = 0;
        while (found < MaxFiles && NextBegin(text.Span, position, out var begin, out var name, out var body))
        {
            found++;
            var content = DecodeLines(text.Span, body, maxOutput, out var end, out var complete);
            position = end;
            if (content.Length > 0)
                yield return new UuFile(name, content, begin, complete);
        }
    }

    private static bool NextBegin(ReadOnlySpan<byte> text, int from, out int begin, out string name, out int body)
    {
        while (from < text.Length)
        {
            var hit = text[from..].IndexOf("begin "u8);
            if (hit < 0)
                break;
            begin = from + hit;
            from = begin + 6;
            if (begin > 0 && text[begin - 1] is not ((byte)'\n' or (byte)'\r'))
                continue;
            var lineLength = text.Slice(begin, Math.Min(text.Length - begin, MaxLineLength + 1)).IndexOf((byte)'\n');
            if (lineLength < 0)
                continue;
            var line = text.Slice(begin + 6, lineLength - 6).TrimEnd((byte)'\r');
            var digits = 0;
            while (digits < line.Length && line[digits] is >= (byte)'0' and <= (byte)'7')
                digits++;
            if (digits is < 3 or > 4 || digits >= line.Length || line[digits] != ' ')
                continue;
            name = Charsets.Guess(line[(digits + 1)..]).Trim();
            body = begin + lineLength + 1;
            return name.Length > 0;
        }

        (begin, name, body) = (0, "", 0);
        return false;
    }

    private static byte[] DecodeLines(ReadOnlySpan<byte> text, int position, int maxOutput, out int end, out bool complete)
    {
        complete = false;
        var output = new List<byte>();
        while (position < text.Length && output.Count < maxOutput)
        {
            var length = text[position..].IndexOf((byte)'\n');
            var line = (length < 0 ? text[position..] : text.Slice(position, length)).TrimEnd((byte)'\r');
            if (line.SequenceEqual("end"u8))
            {
                complete = true;
                break;
            }

            if (line.ContainsAnyExceptInRange((byte)' ', (byte)'`'))
                break;
            var count = line.IsEmpty ? 0 : (line[0] - 32) & 63;
            var full = 1 + ((count + 2) / 3 * 4);

            // White space at the end may have been stripped on the way; a check character may follow.
            if (line.Length > full + 1 || line.Length < full - 8)
                break;
            DecodeLine(line, count, output);
            position = length < 0 ? text.Length : position + length + 1;
        }

        end = Math.Max(position, 1);
        return [.. output];
    }

    private static void DecodeLine(ReadOnlySpan<byte> line, int count, List<byte> output)
    {
        Span<byte> three = stackalloc byte[3];
        for (var i = 1; count > 0; i += 4)
        {
            int a = At(line, i), b = At(line, i + 1), c = At(line, i + 2), d = At(line, i + 3);
            three[0] = (byte)((a << 2) | (b >> 4));
            three[1] = (byte)((b << 4) | (c >> 2));
            three[2] = (byte)((c << 6) | d);
            for (var k = 0; k < 3 && count > 0; k++, count--)
                output.Add(three[k]);
        }
    }

    private static int At(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;
}
