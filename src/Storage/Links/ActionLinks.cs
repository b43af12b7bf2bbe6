using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Storage.Keys;

namespace Platform.Storage.Links;

/// <summary>
/// A token: version, purpose, expiry (Unix seconds), tenant, delivery and mailbox, then HMAC-SHA256 over them cut to 128 bits
/// (RFC 2104, 5), all in base64url. The key comes from the platform's, so that any of its processes reads what another signed.
/// </summary>
internal sealed class ActionLinks(PlatformKeys keys, TimeProvider time) : IActionLinks
{
    private const byte Version = 1;
    private const int ContentLength = 2 + sizeof(long) + (3 * 16);
    private const int CodeLength = 16;
    private const int Length = ContentLength + CodeLength;

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("action-links"));

    public string Sign(ActionLink link)
    {
        Span<byte> token = stackalloc byte[Length];
        token[0] = Version;
        token[1] = (byte)link.Purpose;
        BinaryPrimitives.WriteInt64BigEndian(token[2..], link.ExpiresAt.ToUnixTimeSeconds());
        link.TenantId.TryWriteBytes(token[10..]);
        link.DeliveryId.TryWriteBytes(token[26..]);
        link.MailboxId.TryWriteBytes(token[42..]);
        Code(token[..ContentLength], token[ContentLength..]);
        return Base64Url.EncodeToString(token);
    }

    public LinkReading Read(string token)
    {
        var foreign = new LinkReading(LinkStatus.Foreign, null);
        Span<byte> bytes = stackalloc byte[Length + 2];
        if (token.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != Length)
            return foreign;
        bytes = bytes[..Length];
        Span<byte> code = stackalloc byte[CodeLength];
        Code(bytes[..ContentLength], code);
        if (!CryptographicOperations.FixedTimeEquals(code, bytes[ContentLength..]) || bytes[0] != Version || !Enum.IsDefined((LinkPurpose)bytes[1]))
            return foreign;
        var link = new ActionLink(
            (LinkPurpose)bytes[1],
            new Guid(bytes[10..26]),
            new Guid(bytes[26..42]),
            new Guid(bytes[42..58]),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[2..])));
        return new LinkReading(link.ExpiresAt > time.GetUtcNow() ? LinkStatus.Good : LinkStatus.Expired, link);
    }

    private void Code(ReadOnlySpan<byte> content, Span<byte> code)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, content, whole);
        whole[..CodeLength].CopyTo(code);
    }
}
