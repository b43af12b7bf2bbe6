using System.Security.Cryptography;
using System.Text;

namespace Platform.Storage.Keys;

/// <summary>
/// A key under another key: AES-256-GCM (NIST SP 800-38D) with a wrapping key of its own for each label (HKDF, RFC 5869),
/// so that the number of keys under one parent is not bounded by random nonces, and a wrapped key moved to another label does not open.
/// Layout: nonce (12), ciphertext (32), tag (16).
/// </summary>
internal static class KeyWrap
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public const int WrappedSize = NonceSize + PlatformKeys.KeySize + TagSize;

    public static byte[] Wrap(ReadOnlySpan<byte> parent, string label, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, PlatformKeys.KeySize);
        var wrapped = new byte[WrappedSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var gcm = Cipher(parent, label);
        gcm.Encrypt(wrapped.AsSpan(0, NonceSize), key, wrapped.AsSpan(NonceSize, PlatformKeys.KeySize), wrapped.AsSpan(NonceSize + PlatformKeys.KeySize));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Wrong parent, wrong label or changed bytes.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> parent, string label, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length != WrappedSize)
            throw new CryptographicException("A wrapped key has the wrong length.");
        var key = new byte[PlatformKeys.KeySize];
        using var gcm = Cipher(parent, label);
        gcm.Decrypt(wrapped[..NonceSize], wrapped.Slice(NonceSize, PlatformKeys.KeySize), wrapped[(NonceSize + PlatformKeys.KeySize)..], key);
        return key;
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> parent, string label)
    {
        Span<byte> wrapping = stackalloc byte[PlatformKeys.KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, parent, wrapping, Encoding.UTF8.GetBytes(label));
        try
        {
            return new AesGcm(wrapping, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }
}
