namespace Platform.Grains.Imports;

/// <summary>Line ends as mail has them on the wire. Files on disk often have a bare LF; content that is right already is not copied.</summary>
internal static class CrlfLines
{
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        var bare = CountBareFeeds(bytes);
        if (bare == 0)
            return content;

        var lines = new byte[bytes.Length + bare];
        var at = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (IsBareFeed(bytes, i))
                lines[at++] = (byte)'\r';
            lines[at++] = bytes[i];
        }
        return lines;
    }

    private static int CountBareFeeds(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (IsBareFeed(bytes, i))
                count++;
        }
        return count;
    }

    private static bool IsBareFeed(ReadOnlySpan<byte> bytes, int index) =>
        bytes[index] == (byte)'\n' && (index == 0 || bytes[index - 1] != (byte)'\r');
}
