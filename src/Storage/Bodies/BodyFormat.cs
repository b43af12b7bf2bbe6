using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Platform.Storage.Bodies;

/// <summary>
/// A body on disk. Four bytes <c>PMB1</c>, then the plain bytes in chunks of 64 KiB, each AES-256-GCM (NIST SP 800-38D) with its
/// tag of 16 bytes behind it. The nonce is the chunk's number (11 bytes, big-endian) and one byte that is 1 on the last chunk and
/// 0 before it: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), by which a chunk left out, doubled, put
/// elsewhere or cut off at the end does not open. Counting nonces are safe since each body has a random key of its own, used once.
/// The four bytes are authenticated with every chunk. An empty body is one empty last chunk.
/// </summary>
internal static class BodyFormat
{
    public const int ChunkSize = 64 * 1024;
    public const int TagSize = 16;
    public const int SealedChunkSize = ChunkSize + TagSize;
    public const int HeaderSize = 4;

    private const int NonceSize = 12;

    public static ReadOnlySpan<byte> Header => "PMB1"u8;

    public static AesGcm Cipher(ReadOnlySpan<byte> bodyKey) => new(bodyKey, TagSize);

    /// <summary>Encrypts in place; the tag follows the text.</summary>
    public static void Seal(AesGcm cipher, long number, bool last, Span<byte> textThenTag)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, number, last);
        var text = textThenTag[..^TagSize];
        cipher.Encrypt(nonce, text, text, textThenTag[^TagSize..], Header);
    }

    /// <exception cref="CryptographicException">The chunk was changed, or is not the one of this number and place.</exception>
    public static void Open(AesGcm cipher, long number, bool last, ReadOnlySpan<byte> textThenTag, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, number, last);
        cipher.Decrypt(nonce, textThenTag[..^TagSize], textThenTag[^TagSize..], plain, Header);
    }

    private static void WriteNonce(Span<byte> nonce, long number, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..11], number);
        nonce[11] = last ? (byte)1 : (byte)0;
    }
}
