using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Keys;

namespace Platform.Storage.Push;

/// <summary>
/// A secret of any length at rest: AES-256-GCM (NIST SP 800-38D) under a key derived (HKDF, RFC 5869) from the owner's for one label, so
/// that a sealed secret moved to another row does not open. Layout: nonce (12), ciphertext, tag (16).
/// </summary>
internal static class SealedSecret
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> ownerKey, string label, ReadOnlySpan<byte> secret)
    {
        var result = new byte[NonceSize + secret.Length + TagSize];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSize));
        using var cipher = Cipher(ownerKey, label);
        cipher.Encrypt(result.AsSpan(0, NonceSize), secret, result.AsSpan(NonceSize, secret.Length), result.AsSpan(NonceSize + secret.Length));
        return result;
    }

    /// <exception cref="CryptographicException">Wrong key, wrong label or changed bytes.</exception>
    public static byte[] Open(ReadOnlySpan<byte> ownerKey, string label, ReadOnlySpan<byte> stored)
    {
        if (stored.Length < NonceSize + TagSize)
            throw new CryptographicException("A sealed secret is too short.");
        var secret = new byte[stored.Length - NonceSize - TagSize];
        using var cipher = Cipher(ownerKey, label);
        cipher.Decrypt(stored[..NonceSize], stored[NonceSize..^TagSize], stored[^TagSize..], secret);
        return secret;
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> ownerKey, string label)
    {
        Span<byte> key = stackalloc byte[PlatformKeys.KeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, ownerKey, key, Encoding.UTF8.GetBytes(label));
        var cipher = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
