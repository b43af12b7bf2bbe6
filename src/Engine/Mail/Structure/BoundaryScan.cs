using System.Text;

namespace Platform.Engine.Mail.Structure;

/// <param name="Start">Offset of the two dashes.</param>
/// <param name="Next">Offset of the line after the delimiter.</param>
internal readonly record struct Delimiter(int Start, int Next, bool Closes);

/// <param name="Odd">A line of another shape that some programs take for a delimiter and that no honest one writes.</param>
/// <param name="Loose">A line that begins as a delimiter and goes on: a delimiter to those who compare beginnings only.</param>
internal readonly record struct DelimiterDoubts(bool Odd, bool Loose);

/// <summary>
/// Finds delimiter lines of a multipart body (RFC 2046, 5.1.1): two dashes and the boundary at the start of a line, two more
/// dashes on the last, white space allowed after them. The line end before a delimiter belongs to it.
/// </summary>
internal static class BoundaryScan
{
    private const int MaxBoundaryLength = 16 * 1024;
    private const int MaxBareReturns = 1_000;

    public static List<Delimiter> Find(ReadOnlySpan<byte> body, string boundary, int maxCount, out DelimiterDoubts doubts)
    {
        doubts = default;
        var found = new List<Delimiter>();
        var dashBoundary = DashBoundary(boundary);
        if (dashBoundary.Length == 0)
            return found;
        var (odd, loose) = (FollowsBareReturn(body, dashBoundary), false);
        for (var at = NextDashes(body, 0); at >= 0 && found.Count < maxCount; at = NextDashes(body, at + 2))
        {
            if (!body[at..].StartsWith(dashBoundary))
                continue;
            var after = at + dashBoundary.Length;
            var next = NextLine(body, after);
            var rest = body[after..next].TrimEnd(" \t\r\n"u8);
            if (rest.IsEmpty)
                found.Add(new Delimiter(at, next, false));
            else if (rest.SequenceEqual("--"u8))
                found.Add(new Delimiter(at, next, true));
            else
                (odd, loose) = (odd || !IsBoundaryCharacter(rest[0]) || rest.StartsWith("--"u8), true);
        }

        doubts = new DelimiterDoubts(odd, loose);
        return found;
    }

    /// <summary>
    /// The next delimiter from <paramref name="position"/> on, as those find it who compare the beginning of the line only;
    /// two dashes right after the boundary close, and the rest of the line is passed over. Null when there is none.
    /// </summary>
    public static Delimiter? NextByPrefix(ReadOnlySpan<byte> body, int position, ReadOnlySpan<byte> dashBoundary)
    {
        for (var at = NextDashes(body, position); at >= 0; at = NextDashes(body, at + 2))
        {
            if (!body[at..].StartsWith(dashBoundary))
                continue;
            var after = at + dashBoundary.Length;
            return new Delimiter(at, NextLine(body, after), body[after..].StartsWith("--"u8));
        }

        return null;
    }

    /// <summary>The octets that a delimiter line begins with; empty for a boundary longer than is read.</summary>
    public static byte[] DashBoundary(string boundary) => boundary.Length > MaxBoundaryLength ? [] : Encoding.Latin1.GetBytes("--" + boundary);

    /// <summary>The end of content that stands before a delimiter, to which the line end belongs.</summary>
    public static int WithoutLineEnd(ReadOnlySpan<byte> body, int start, int end)
    {
        if (end > start && body[end - 1] == '\n')
            end--;
        return end > start && body[end - 1] == '\r' ? end - 1 : Math.Max(end, start);
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

    // Two dashes at the start of a line; a boundary holds no line feed, so comparing from there costs no more than the line.
    private static int NextDashes(ReadOnlySpan<byte> body, int position)
    {
        if (position == 0 && body.StartsWith("--"u8))
            return 0;
        var from = Math.Clamp(position - 1, 0, body.Length);
        var hit = body[from..].IndexOf("\n--"u8);
        return hit < 0 ? -1 : from + hit + 1;
    }

    private static int NextLine(ReadOnlySpan<byte> body, int position)
    {
        var feed = body[position..].IndexOf((byte)'\n');
        return feed < 0 ? body.Length : position + feed + 1;
    }

    private static bool FollowsBareReturn(ReadOnlySpan<byte> body, ReadOnlySpan<byte> dashBoundary)
    {
        var position = 0;
        for (var tries = 0; tries < MaxBareReturns && body[position..].IndexOf("\r--"u8) is var hit and >= 0; tries++)
        {
            position += hit + 1;
            if (body[position..].StartsWith(dashBoundary))
                return true;
        }

        return false;
    }

    private static bool IsBoundaryCharacter(byte b) => char.IsAsciiLetterOrDigit((char)b) || "'()+_,-./:=?"u8.Contains(b);
}
