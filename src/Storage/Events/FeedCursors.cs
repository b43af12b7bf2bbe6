using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Storage.Keys;

namespace Platform.Storage.Events;

/// <summary>
/// A place in a tenant's feed as an opaque text: version, tenant, sequence and a keyed check (HMAC-SHA256, cut to 8 bytes) in base64url.
/// The check makes a damaged or invented cursor an error and not a wrong place.
/// </summary>
internal sealed class FeedCursors(PlatformKeys keys)
{
    private const byte Version = 1;
    private const int CheckSize = 8;
    private const int BodySize = 1 + 16 + 8;
    private const int MaxLength = 64;

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("feed-cursors"));

    public string Write(Guid tenantId, long sequence)
    {
        Span<byte> bytes = stackalloc byte[BodySize + CheckSize];
        bytes[0] = Version;
        tenantId.TryWriteBytes(bytes[1..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], sequence);
        WriteCheck(bytes[..BodySize], bytes[BodySize..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="FeedCursorException">Malformed, or of another tenant.</exception>
    public long Read(Guid tenantId, string cursor)
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
        if (new Guid(bytes.Slice(1, 16)) != tenantId)
            throw new FeedCursorException("CURSOR_FOREIGN", "The cursor belongs to the feed of another tenant.");
        return BinaryPrimitives.ReadInt64BigEndian(bytes[17..]);
    }

    public static FeedCursorException Invalid() => new("CURSOR_INVALID", "The cursor is not one that this feed gave out.");

    private void WriteCheck(ReadOnlySpan<byte> body, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, body, hash);
        hash[..CheckSize].CopyTo(check);
    }
}
