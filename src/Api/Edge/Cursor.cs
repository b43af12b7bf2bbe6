using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Platform.Api.Edge;

/// <summary>
/// Opaque cursors of lists, except the event feed, whose cursors are the feed's own. A cursor holds the sort key of the last row seen
/// (keyset paging), so that rows added or removed meanwhile neither repeat nor hide others.
/// </summary>
internal static class Cursor
{
    private const int MaxTextLength = 512;

    /// <summary>By time and id: newest first.</summary>
    public static string Of(DateTimeOffset time, Guid id)
    {
        Span<byte> bytes = stackalloc byte[25];
        bytes[0] = (byte)'t';
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], time.ToUnixTimeMilliseconds());
        id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>By a text that is unique, such as an address.</summary>
    public static string Of(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes("k" + key));

    /// <exception cref="ApiException">Not a cursor of such a list.</exception>
    public static (DateTimeOffset Time, Guid Id)? ReadTime(string? cursor)
    {
        if (cursor is null)
            return null;
        Span<byte> bytes = stackalloc byte[27];
        if (cursor.Length == 34 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == 25 && bytes[0] == 't')
        {
            var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
            if (milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                return (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new Guid(bytes[9..25], bigEndian: true));
        }

        throw Invalid();
    }

    /// <exception cref="ApiException">Not a cursor of such a list.</exception>
    public static string? ReadKey(string? cursor)
    {
        if (cursor is null)
            return null;
        if (cursor.Length <= MaxTextLength && Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            if (text.StartsWith('k'))
                return text[1..];
        }

        throw Invalid();
    }

    private static ApiException Invalid() => new(ErrorCodes.CursorInvalid, "'after' is no cursor of this list. Start without it.", 400, "after");
}
