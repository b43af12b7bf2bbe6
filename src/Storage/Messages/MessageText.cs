using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Verdicts;
using Platform.Storage.Keys;

namespace Platform.Storage.Messages;

/// <summary>The search text of a message at rest: Brotli, then AES-256-GCM under a key derived (HKDF) from the body's key. Layout: nonce (12), ciphertext, tag (16).</summary>
internal static class MessageText
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> bodyKey, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var room = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        if (!BrotliEncoder.TryCompress(plain, room, out var length, quality: 1, window: 18))
            throw new InvalidOperationException("The text does not compress.");
        var result = new byte[NonceSize + length + TagSize];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSize));
        using var cipher = Cipher(bodyKey);
        cipher.Encrypt(result.AsSpan(0, NonceSize), room.AsSpan(0, length), result.AsSpan(NonceSize, length), result.AsSpan(NonceSize + length));
        return result;
    }

    /// <exception cref="CryptographicException">Changed, or of another body.</exception>
    public static string Open(ReadOnlySpan<byte> bodyKey, ReadOnlySpan<byte> text)
    {
        if (text.Length < NonceSize + TagSize)
            throw new CryptographicException("A stored text is too short.");
        var compressed = new byte[text.Length - NonceSize - TagSize];
        using var cipher = Cipher(bodyKey);
        cipher.Decrypt(text[..NonceSize], text[NonceSize..^TagSize], text[^TagSize..], compressed);
        var plain = new byte[MessageFacts.MaxTextLength * 3];
        if (!BrotliDecoder.TryDecompress(compressed, plain, out var length))
            throw new CryptographicException("A stored text does not decompress.");
        return Encoding.UTF8.GetString(plain, 0, length);
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> bodyKey)
    {
        Span<byte> key = stackalloc byte[PlatformKeys.KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, bodyKey, key, "search-text"u8);
        var cipher = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
