using System.Runtime.Intrinsics;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Takes canonical octets piece by piece.</summary>
internal interface ICanonicalSink
{
    void Append(ReadOnlySpan<byte> octets);
}

/// <summary>
/// The two forms in which a body is hashed (RFC 6376, 3.4.3 and 3.4.4). Both leave out empty lines at the end and end the last
/// line. Relaxed also makes one space of white space within a line and none of it at the end of a line. The body is
/// handed on in pieces as long as it needs no change, so that most bodies are never copied.
/// </summary>
internal static class BodyCanonicalisation
{
    public static void Write<TSink>(ReadOnlySpan<byte> body, bool isRelaxed, TSink sink) where TSink : ICanonicalSink
    {
        if (isRelaxed)
            WriteRelaxed(body[..RelaxedEnd(body)], sink);
        else
            WriteSimple(body, sink);
    }

    private static void WriteSimple<TSink>(ReadOnlySpan<byte> body, TSink sink) where TSink : ICanonicalSink
    {
        while (body.EndsWith("\r\n"u8))
            body = body[..^2];
        if (!body.IsEmpty)
            sink.Append(body);
        sink.Append("\r\n"u8);
    }

    // The content ends in an octet that is no white space.
    private static void WriteRelaxed<TSink>(ReadOnlySpan<byte> content, TSink sink) where TSink : ICanonicalSink
    {
        if (content.IsEmpty)
            return;
        int kept = 0, position = 0;
        while ((position = NextChange(content, position)) >= 0)
        {
            var stop = position + 1;
            while (IsSpace(content[stop]))
                stop++;
            var isAtLineEnd = content[stop..].StartsWith("\r\n"u8);
            if (!isAtLineEnd && stop == position + 1 && content[position] == ' ')
            {
                position = stop;
                continue;
            }

            if (position > kept)
                sink.Append(content[kept..position]);
            if (!isAtLineEnd)
                sink.Append(" "u8);
            kept = position = stop;
        }

        sink.Append(content[kept..]);
        sink.Append("\r\n"u8);
    }

    // Where the last line that is not empty ends, without its white space.
    private static int RelaxedEnd(ReadOnlySpan<byte> body)
    {
        var end = body.Length;
        while (true)
        {
            while (end > 0 && IsSpace(body[end - 1]))
                end--;
            if (end == 0)
                return 0;
            if (!body[..end].EndsWith("\r\n"u8))
                return end;
            end -= 2;
        }
    }

    // The next tab, or space that more white space or a line end may follow; -1 without one.
    private static int NextChange(ReadOnlySpan<byte> content, int position)
    {
        var space = Vector128.Create((byte)' ');
        var tab = Vector128.Create((byte)'\t');
        var carriage = Vector128.Create((byte)'\r');
        for (; position + Vector128<byte>.Count < content.Length; position += Vector128<byte>.Count)
        {
            var here = Vector128.Create(content.Slice(position, Vector128<byte>.Count));
            var next = Vector128.Create(content.Slice(position + 1, Vector128<byte>.Count));
            var spaceFollows = Vector128.Equals(next, space) | Vector128.Equals(next, tab) | Vector128.Equals(next, carriage);
            var found = Vector128.Equals(here, tab) | (Vector128.Equals(here, space) & spaceFollows);
            if (found != Vector128<byte>.Zero)
                return position + System.Numerics.BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
        }

        for (; position < content.Length - 1; position++)
            if (content[position] == '\t' || (content[position] == ' ' && content[position + 1] is (byte)' ' or (byte)'\t' or (byte)'\r'))
                return position;
        return -1;
    }

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t';
}
