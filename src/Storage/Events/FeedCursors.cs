using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Storage.Keys;

namespace Platform.Storage.Events;

/// <summary>
/// A place in a feed as an opaque text: version, owner (tenant or MSP), sequence and a keyed check (HMAC-SHA256, cut to 8 bytes) in base64url.
/// The check makes a damaged or invented cursor an error and not a wrong place.
/// </summary>
internal sealed class FeedCursors(PlatformKeys keys)
{
    private const byte Version = 1;
    private const int CheckSize = 8;
    private const int BodySize = 1 + 16 + 8;
    private const int MaxLength = 64;

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("feed-cursors"));

    public string Write(Guid ownerId, long sequence)
    {
        Span<byte> bytes = stackalloc byte[BodySize + CheckSize];
        bytes[0] = Version;
        ownerId.TryWriteBytes(bytes[1..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], sequence);
        WriteCheck(bytes[..BodySize], bytes[BodySize..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="FeedCursorException">Malformed, or of another feed.</exception>
    public long Read(Guid ownerId, string cursor)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        Span<byte> check = stackalloc byte[CheckSize];
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor, out var length) || length != BodySize + CheckSize
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out _) || bytes[0] != Version)
        {
            throw Invalid();
        }

        WriteCheck(bytes[..BodySize], check);
        if (!CryptographicOperations.FixedTimeEquals(check, bytes.Slice(BodySize, CheckSize)))
            throw Invalid();
        if (new Guid(bytes.Slice(1, 16)) != ownerId)
            throw new FeedCursorException("CURSOR_FOREIGN", "The cursor belongs to another feed: that of another tenant, or of a tenant where the MSP's was asked for, or the reverse.");
        return BinaryPrimitives.ReadInt64BigEndian(bytes[17..]);
    }

    public static FeedCursorException Expired() =>
        new("CURSOR_EXPIRED", "Events after this cursor are no longer kept; start again without a cursor, or from a newer one.");

    public static FeedCursorException Invalid() => new("CURSOR_INVALID", "The cursor is not one that this feed gave out.");

    private void WriteCheck(ReadOnlySpan<byte> body, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, body, hash);
        hash[..CheckSize].CopyTo(check);
    }
}
