using System.Security.Cryptography;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Ciphers, hashes and key derivation with keys that the script itself holds; long ones cost steps.</summary>
internal static class Ciphers
{
    private const int OctetsPerStep = 256;
    private const int MostRounds = 1_200_000;
    private const int RoundsPerStep = 8;

    public static byte[] Hash(string name, byte[] data) => Plain(name) switch
    {
        "SHA256" => SHA256.HashData(data),
        "SHA384" => SHA384.HashData(data),
        "SHA512" => SHA512.HashData(data),
#pragma warning disable CA5350, CA5351 // The script chose the hash.
        "SHA1" => SHA1.HashData(data),
        "MD5" => MD5.HashData(data),
#pragma warning restore CA5350, CA5351
        _ => throw new CryptographicException(),
    };

    public static byte[] Authenticate(string name, byte[] key, byte[] data) => Plain(name) switch
    {
        "SHA256" => HMACSHA256.HashData(key, data),
        "SHA512" => HMACSHA512.HashData(key, data),
#pragma warning disable CA5350, CA5351
        "SHA1" => HMACSHA1.HashData(key, data),
        "MD5" => HMACMD5.HashData(key, data),
#pragma warning restore CA5350, CA5351
        _ => throw new CryptographicException(),
    };

    public static byte[] Derive(World world, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations, string hash, int length)
    {
        if (length is <= 0 or > 128 || iterations is <= 0 or > MostRounds)
            throw new CryptographicException();
        world.Steps.Charge(iterations / RoundsPerStep * (1 + (length / 32)));
        return Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, new HashAlgorithmName(Plain(hash)), length);
    }

    public static byte[] DecryptAes(World world, byte[] data, byte[] key, byte[] iv, CipherMode mode, PaddingMode padding)
    {
        world.Steps.Charge(1 + (data.Length / OctetsPerStep));
        using var aes = Aes.Create();
        try
        {
            aes.Key = key;
            return mode == CipherMode.ECB ? aes.DecryptEcb(data, padding) : aes.DecryptCbc(data, iv, padding);
        }
        catch (ArgumentException)
        {
            throw new CryptographicException();
        }
    }

    public static byte[] DecryptGcm(World world, byte[] data, ReadOnlySpan<byte> key, byte[] iv, byte[] more, int tagLength)
    {
        world.Steps.Charge(1 + (data.Length / OctetsPerStep));
        if (tagLength is < 12 or > 16 || data.Length < tagLength || iv.Length != 12 || key.Length is not (16 or 24 or 32))
            throw new CryptographicException();
        using var aes = new AesGcm(key, tagLength);
        var plain = new byte[data.Length - tagLength];
        aes.Decrypt(iv, data.AsSpan(0, plain.Length), data.AsSpan(plain.Length), plain, more);
        return plain;
    }

    public static byte[] DecryptCounter(World world, byte[] data, byte[] key, byte[] counter)
    {
        world.Steps.Charge(1 + (data.Length / 16));
        if (counter.Length != 16 || key.Length is not (16 or 24 or 32))
            throw new CryptographicException();
        using var aes = Aes.Create();
        aes.Key = key;
        var block = new byte[16];
        var plain = new byte[data.Length];
        for (var at = 0; at < data.Length; at++)
        {
            if (at % 16 == 0)
            {
                aes.EncryptEcb(counter, block, PaddingMode.None);
                for (var place = 15; place >= 0 && ++counter[place] == 0; place--)
                {
                }
            }

            plain[at] = (byte)(data[at] ^ block[at % 16]);
        }

        return plain;
    }

    /// <summary>Key and first block from a passphrase as OpenSSL's <c>enc</c> makes them (EVP_BytesToKey, MD5, one round).</summary>
    public static (byte[] Key, byte[] Iv) FromPassphrase(byte[] passphrase, byte[] salt)
    {
        List<byte> made = [];
        byte[] last = [];
        while (made.Count < 48)
        {
            last = Hash("MD5", [.. last, .. passphrase, .. salt]);
            made.AddRange(last);
        }

        return ([.. made.Take(32)], [.. made.Skip(32).Take(16)]);
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
