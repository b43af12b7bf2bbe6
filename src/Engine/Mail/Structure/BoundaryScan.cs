using System.Text;

namespace Platform.Engine.Mail.Structure;

/// <param name="Start">Offset of the two dashes.</param>
/// <param name="Next">Offset of the line after the delimiter.</param>
internal readonly record struct Delimiter(int Start, int Next, bool Closes);

/// <summary>
/// Finds delimiter lines of a multipart body (RFC 2046, 5.1.1): two dashes and the boundary at the start of a line, two more
/// dashes on the last, white space allowed after them. The line end before a delimiter belongs to it.
/// </summary>
internal static class BoundaryScan
{
    private const int MaxBoundaryLength = 1_000;

    public static List<Delimiter> Find(ReadOnlySpan<byte> raw, int start, int end, string boundary, int maxCount, out bool odd)
    {
        odd = false;
        var found = new List<Delimiter>();
        if (boundary.Length > MaxBoundaryLength)
            return found;
        var needle = Encoding.Latin1.GetBytes("--" + boundary);
        var position = start;
        while (position < end && found.Count < maxCount)
        {
            var hit = raw[position..end].IndexOf(needle);
            if (hit < 0)
                break;
            var at = position + hit;
            position = at + 2;
            if (at > start && raw[at - 1] != '\n')
            {
                odd |= raw[at - 1] == '\r';
                continue;
            }

            var after = at + needle.Length;
            var feed = raw[after..end].IndexOf((byte)'\n');
            var lineEnd = feed < 0 ? end : after + feed;
            var rest = raw[after..lineEnd].TrimEnd(" \t\r"u8);
            if (rest.IsEmpty)
                found.Add(new Delimiter(at, Next(lineEnd, end), false));
            else if (rest.SequenceEqual("--"u8))
                found.Add(new Delimiter(at, Next(lineEnd, end), true));
            else
                odd |= !IsBoundaryCharacter(rest[0]) || rest.StartsWith("--"u8);
            position = Math.Max(position, after);
        }

        return found;
    }

    /// <summary>
    /// A boundary that the body itself suggests: the first line of two dashes and a token with a MIME field on the line after.
    /// Null when there is none.
    /// </summary>
    public static string? Guess(ReadOnlySpan<byte> raw, int start, int end)
    {
        var position = start;
        for (var lines = 0; position < end && lines < 20_000; lines++)
        {
            var feed = raw[position..end].IndexOf((byte)'\n');
            var next = feed < 0 ? end : position + feed + 1;
            var line = raw[position..(feed < 0 ? end : position + feed)].TrimEnd(" \t\r"u8);
            if (line.Length is > 2 and < 200 && line.StartsWith("--"u8) && StartsWithMimeField(raw[next..end]))
                return Encoding.Latin1.GetString(line[2..]);
            position = next;
        }

        return null;
    }

    /// <summary>The boundary of a delimiter line that begins the text and is followed by a MIME field; null when there is none.</summary>
    public static string? StartsWithDelimiter(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (start is < 0 or > 100 || !text[start..].StartsWith("--"u8))
            return null;
        var line = text[start..].IndexOf((byte)'\n');
        return line is > 2 and < 200 && StartsWithMimeField(text[(start + line + 1)..])
            ? Encoding.Latin1.GetString(text.Slice(start + 2, line - 2).TrimEnd(" \t\r"u8))
            : null;
    }

    public static bool StartsWithMimeField(ReadOnlySpan<byte> text)
    {
        var name = "content-"u8;
        return text.Length > name.Length && Ascii.EqualsIgnoreCase(text[..name.Length], name);
    }

    private static int Next(int lineEnd, int end) => Math.Min(lineEnd + 1, end);

    private static bool IsBoundaryCharacter(byte b) => char.IsAsciiLetterOrDigit((char)b) || "'()+_,-./:=?"u8.Contains(b);
}
