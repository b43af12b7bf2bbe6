using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Storage.Keys;

namespace Platform.Storage.Tracking;

/// <summary>
/// A token: version, last day (days since 2020) and delivery, then HMAC-SHA256 over them cut to 96 bits (RFC 2104, 5), in base64url: 42
/// characters. The key comes from the platform's, so that any of its processes reads what another signed.
/// </summary>
internal sealed class ReadTokens(PlatformKeys keys, TimeProvider time) : IReadTokens
{
    private const byte Version = 1;
    private const int ContentLength = 1 + sizeof(ushort) + 16;
    private const int CodeLength = 12;
    private const int Length = ContentLength + CodeLength;

    /// <summary>As long as mail is kept and looked at again.</summary>
    private const int Days = 400;

    private static readonly DateOnly s_first = new(2020, 1, 1);

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("read-tokens"));

    public string Sign(Guid deliveryId)
    {
        Span<byte> token = stackalloc byte[Length];
        token[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(token[1..], (ushort)(Today + Days));
        deliveryId.TryWriteBytes(token[3..]);
        Code(token[..ContentLength], token[ContentLength..]);
        return Base64Url.EncodeToString(token);
    }

    public Guid? Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        Span<byte> bytes = stackalloc byte[Length + 2];
        bytes.Clear();
        var isOfForm = token.Length == Base64Url.GetEncodedLength(Length) && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == Length;
        bytes = bytes[..Length];
        Span<byte> code = stackalloc byte[CodeLength];
        Code(bytes[..ContentLength], code);
        var isOurs = CryptographicOperations.FixedTimeEquals(code, bytes[ContentLength..]);
        return isOfForm & isOurs & bytes[0] == Version & BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) >= Today ? new Guid(bytes[3..ContentLength]) : null;
    }

    private int Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber - s_first.DayNumber;

    private void Code(ReadOnlySpan<byte> content, Span<byte> code)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, content, whole);
        whole[..CodeLength].CopyTo(code);
    }
}
