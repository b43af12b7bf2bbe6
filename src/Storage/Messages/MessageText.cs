using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Verdicts;
using Platform.Storage.Keys;

namespace Platform.Storage.Messages;

/// <summary>
/// The text of a message at rest, that of its files behind a NUL: Brotli, then AES-256-GCM under a key derived (HKDF) from the body's key.
/// Layout: nonce (12), ciphertext, tag (16).
/// </summary>
internal static class MessageText
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const char Border = '\0';

    /// <param name="text">What a person reads in the body; no NUL in it, nor in <paramref name="files"/>.</param>
    public static byte[] Seal(ReadOnlySpan<byte> bodyKey, string text, string files = "")
    {
        var plain = Encoding.UTF8.GetBytes(files.Length == 0 ? text : $"{text}{Border}{files}");
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
    public static OpenedText Open(ReadOnlySpan<byte> bodyKey, ReadOnlySpan<byte> text)
    {
        if (text.Length < NonceSize + TagSize)
            throw new CryptographicException("A stored text is too short.");
        var compressed = new byte[text.Length - NonceSize - TagSize];
        using var cipher = Cipher(bodyKey);
        cipher.Decrypt(text[..NonceSize], text[NonceSize..^TagSize], text[^TagSize..], compressed);
        var plain = new byte[(MessageFacts.MaxTextLength + 1 + MessageFacts.MaxFilesTextLength) * 3];
        if (!BrotliDecoder.TryDecompress(compressed, plain, out var length))
            throw new CryptographicException("A stored text does not decompress.");
        var opened = Encoding.UTF8.GetString(plain, 0, length);
        var border = opened.IndexOf(Border, StringComparison.Ordinal);
        return border < 0 ? new OpenedText(opened, "") : new OpenedText(opened[..border], opened[(border + 1)..]);
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

/// <param name="Body">What a person reads in the body.</param>
/// <param name="Files">Text of the files; empty too for rows of older versions.</param>
internal sealed record OpenedText(string Body, string Files);
