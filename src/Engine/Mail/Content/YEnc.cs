using System.Globalization;
using System.Text;

namespace Platform.Engine.Mail.Content;

/// <param name="Offset">Where the <c>=ybegin</c> line stands.</param>
internal sealed record YEncFile(string Name, byte[] Content, int Offset, bool Complete);

/// <summary>
/// yEnc (yEnc draft 1.3, 2002; no RFC): <c>=ybegin line=128 size=N name=NAME</c>, lines of octets each raised by 42, with
/// <c>=</c> before an octet raised by another 64 because it would be NUL, LF, CR or the mark itself, <c>=yend</c>. News readers
/// and some mail clients open it as a file.
/// </summary>
internal static class YEnc
{
    private const int MaxFiles = 50;
    private const int MaxLineLength = 1_000;

    public static IEnumerable<YEncFile> Find(ReadOnlyMemory<byte> text, int maxOutput)
    {
        var position = 0;
        for (var found = 0; found < MaxFiles && NextBegin(text.Span, position, out var begin, out var name, out var body); found++)
        {
            var content = Decode(text.Span, body, maxOutput, out position, out var complete);
            if (content.Length > 0)
                yield return new YEncFile(name, content, begin, complete);
        }
    }

    private static bool NextBegin(ReadOnlySpan<byte> text, int from, out int begin, out string name, out int body)
    {
        while (from < text.Length && text[from..].IndexOf("=ybegin "u8) is var hit and >= 0)
        {
            begin = from + hit;
            from = begin + 8;
            if (begin > 0 && text[begin - 1] is not ((byte)'\n' or (byte)'\r'))
                continue;
            var length = text.Slice(begin, Math.Min(text.Length - begin, MaxLineLength + 1)).IndexOf((byte)'\n');
            if (length < 0)
                continue;
            var line = text.Slice(begin, length).TrimEnd((byte)'\r');
            var at = line.IndexOf(" name="u8);
            if (at < 0 || line.IndexOf(" size="u8) is < 0)
                continue;
            name = Charsets.Guess(line[(at + 6)..]).Trim().Trim('"');
            body = begin + length + 1;
            return name.Length > 0;
        }

        (begin, name, body) = (0, "", 0);
        return false;
    }

    private static byte[] Decode(ReadOnlySpan<byte> text, int position, int maxOutput, out int end, out bool complete)
    {
        complete = false;
        var output = new List<byte>();
        while (position < text.Length && output.Count < maxOutput)
        {
            var feed = text[position..].IndexOf((byte)'\n');
            var line = (feed < 0 ? text[position..] : text.Slice(position, feed)).TrimEnd((byte)'\r');
            position = feed < 0 ? text.Length : position + feed + 1;
            if (line.StartsWith("=yend"u8))
            {
                complete = IsSize(line, output.Count);
                break;
            }

            if (!line.StartsWith("=ypart "u8))
                DecodeLine(line, output);
        }

        end = position;
        return [.. output];
    }

    private static void DecodeLine(ReadOnlySpan<byte> line, List<byte> output)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var lowered = line[i] == '=' && i + 1 < line.Length ? line[++i] - 64 : line[i];
            output.Add((byte)(lowered - 42));
        }
    }

    private static bool IsSize(ReadOnlySpan<byte> line, int size)
    {
        var at = line.IndexOf(" size="u8);
        if (at < 0)
            return false;
        var digits = line[(at + 6)..];
        var length = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return long.TryParse(Encoding.ASCII.GetString(length < 0 ? digits : digits[..length]), NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told == size;
    }
}
