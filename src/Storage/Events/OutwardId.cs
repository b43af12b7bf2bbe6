using System.Buffers.Text;

namespace Platform.Storage.Events;

/// <summary>
/// Ids as the outside sees them, the same on every interface: kind and UUID, 17 bytes as base64url. Here are the kinds of things that
/// events name; the edge knows the others, and how such an id is read.
/// </summary>
public static class OutwardId
{
    public const byte Message = 1;
    public const byte Delivery = 2;
    public const byte Event = 3;
    public const byte Tenant = 4;

    /// <summary>Bytes before they are encoded.</summary>
    public const int Bytes = 17;

    public static string Of(byte kind, Guid id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = kind;
        id.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
