using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Attachments.Archives.Streams;

namespace Platform.Engine.Attachments.Archives.Zip;

/// <summary>
/// The two ciphers of ZIP: PKWARE's old one (APPNOTE 6.1), whose twelve first octets end in one that proves a password to one in 256, and
/// WinZip's AES in counter mode, keyed by PBKDF2 with 1,000 rounds, proven to one in 65,536 and then by an HMAC.
/// </summary>
internal static class ZipDecryption
{
    private const int HeaderLength = 12, AesCheckLength = 2, AesTagLength = 10;

    /// <summary>Null when it is not the password. The old cipher may answer what is still wrong: the check sum tells.</summary>
    public static byte[]? Decrypt(ZipEntry entry, string password) =>
        entry.Method == ZipEntry.AesMethod ? DecryptAes(entry, Encoding.UTF8.GetBytes(password)) : DecryptOld(entry, Octets(password));

    // Old programs take the password in the code page of the machine.
    private static byte[] Octets(string password) => Encoding.UTF8.GetBytes(password);

    private static byte[]? DecryptOld(ZipEntry entry, byte[] password)
    {
        var data = entry.Data.Span;
        if (data.Length < HeaderLength)
            return null;
        uint key0 = 0x12345678, key1 = 0x23456789, key2 = 0x34567890;
        foreach (var octet in password)
            Update(octet, ref key0, ref key1, ref key2);
        byte proof = 0;
        for (var index = 0; index < HeaderLength; index++)
            proof = Next(data[index], ref key0, ref key1, ref key2);
        var byTime = (byte)(entry.Time >> 8);
        var bySum = (byte)(entry.Crc >> 24);
        if (proof != bySum && proof != byTime)
            return null;
        var plain = new byte[data.Length - HeaderLength];
        for (var index = 0; index < plain.Length; index++)
            plain[index] = Next(data[HeaderLength + index], ref key0, ref key1, ref key2);
        return plain;
    }

    private static byte Next(byte octet, ref uint key0, ref uint key1, ref uint key2)
    {
        var mixed = (ushort)(key2 | 2);
        var plain = (byte)(octet ^ (byte)((mixed * (mixed ^ 1)) >> 8));
        Update(plain, ref key0, ref key1, ref key2);
        return plain;
    }

    private static void Update(byte octet, ref uint key0, ref uint key1, ref uint key2)
    {
        key0 = Crc32.Step(key0, octet);
        key1 = ((key1 + (byte)key0) * 134775813) + 1;
        key2 = Crc32.Step(key2, (byte)(key1 >> 24));
    }

    private static byte[]? DecryptAes(ZipEntry entry, byte[] password)
    {
        if (entry.Aes.Strength is < 1 or > 3)
            return null;
        int saltLength = 4 + (4 * entry.Aes.Strength), keyLength = 8 + (8 * entry.Aes.Strength);
        var data = entry.Data.Span;
        if (data.Length < saltLength + AesCheckLength + AesTagLength)
            return null;
        const int rounds = 1_000;
        // The format is defined on SHA-1.
#pragma warning disable CA5379
        var keys = Rfc2898DeriveBytes.Pbkdf2(password, data[..saltLength], rounds, HashAlgorithmName.SHA1, (2 * keyLength) + AesCheckLength);
#pragma warning restore CA5379
        if (!data.Slice(saltLength, AesCheckLength).SequenceEqual(keys.AsSpan(2 * keyLength)))
            return null;
        var cipher = data[(saltLength + AesCheckLength)..^AesTagLength];
#pragma warning disable CA5350
        var isWhole = HMACSHA1.HashData(keys.AsSpan(keyLength, keyLength), cipher).AsSpan(0, AesTagLength).SequenceEqual(data[^AesTagLength..]);
#pragma warning restore CA5350
        return isWhole ? CounterMode(keys.AsSpan(0, keyLength), cipher) : null;
    }

    // The counter begins with one and has its lowest octet first, unlike the standard's.
    private static byte[] CounterMode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> cipher)
    {
        const int block = 16, blocks = 1_024;
        using var aes = Aes.Create();
        aes.SetKey(key);
        var counters = new byte[block * blocks];
        var stream = new byte[block * blocks];
        var plain = new byte[cipher.Length];
        ulong counter = 1;
        for (var at = 0; at < plain.Length; at += stream.Length)
        {
            for (var index = 0; index < blocks; index++)
                BinaryPrimitives.WriteUInt64LittleEndian(counters.AsSpan(index * block), counter++);
#pragma warning disable CA5358
            aes.EncryptEcb(counters, stream, PaddingMode.None);
#pragma warning restore CA5358
            var length = Math.Min(stream.Length, plain.Length - at);
            for (var index = 0; index < length; index++)
                plain[at + index] = (byte)(cipher[at + index] ^ stream[index]);
        }

        return plain;
    }
}
