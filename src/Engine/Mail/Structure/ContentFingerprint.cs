using System.Security.Cryptography;

namespace Platform.Engine.Mail.Structure;

/// <summary>Tells contents apart by their hash. Line ends at the edges are read differently by everyone and mean nothing.</summary>
internal static class ContentFingerprint
{
    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.Trim(" \t\r\n"u8), hash);
        return Convert.ToHexString(hash);
    }
}
