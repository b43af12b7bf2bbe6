using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <summary>AES-256 in CBC mode, keyed by SHA-256 over salt, password and a counter, two to the power given times.</summary>
internal sealed class SevenZipCipher
{
    private const int MostPower = 20;
    private const int NoHash = 0x3F;
    private const int OctetsPerMillisecond = 250_000;

    private readonly Dictionary<(string Password, string Salt, int Power), byte[]> _keys = [];

    /// <summary>About the milliseconds that it takes to make the key of a password; see <see cref="Mail.ReadBudget.TakeTrial"/>.</summary>
    public static int CostOf(ReadOnlySpan<byte> properties, string password)
    {
        if (properties.Length < 2 || (properties[0] & NoHash) is var power && power > MostPower)
            return 1;
        var saltLength = ((properties[0] >> 7) & 1) + (properties[1] >> 4);
        return 1 + (int)(((long)(saltLength + (2 * password.Length) + sizeof(long)) << power) / OctetsPerMillisecond);
    }

    /// <summary>Null when the properties are none, or ask for more work than is done.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> properties, ReadOnlySpan<byte> cipher, string password)
    {
        if (properties.Length < 2 || (properties[0] & NoHash) is var power && power > MostPower && power != NoHash)
            return null;
        int saltLength = ((properties[0] >> 7) & 1) + (properties[1] >> 4), ivLength = ((properties[0] >> 6) & 1) + (properties[1] & 15);
        if (properties.Length < 2 + saltLength + ivLength)
            return null;
        var salt = properties.Slice(2, saltLength);
        var iv = new byte[16];
        properties.Slice(2 + saltLength, ivLength).CopyTo(iv);
        using var aes = Aes.Create();
        aes.SetKey(Key(password, salt, power));
        return aes.DecryptCbc(cipher[..(cipher.Length & ~15)], iv, PaddingMode.None);
    }

    private byte[] Key(string password, ReadOnlySpan<byte> salt, int power)
    {
        var of = (password, Convert.ToHexString(salt), power);
        if (_keys.TryGetValue(of, out var known))
            return known;
        byte[] round = [.. salt, .. Encoding.Unicode.GetBytes(password), .. new byte[8]];
        return _keys[of] = power == NoHash ? [.. round[..^8].Concat(new byte[32]).Take(32)] : Hash(round, 1L << power);
    }

    // Many rounds are laid out before each call: the calls would cost more than the hashing.
    private static byte[] Hash(byte[] round, long rounds)
    {
        var together = (int)Math.Min(rounds, Math.Max(1, 16 * 1024 / round.Length));
        var block = new byte[together * round.Length];
        for (var index = 0; index < together; index++)
            round.CopyTo(block, index * round.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long done = 0; done < rounds; done += together)
        {
            var count = (int)Math.Min(together, rounds - done);
            for (var index = 0; index < count; index++)
                BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(((index + 1) * round.Length) - 8), done + index);
            hash.AppendData(block, 0, count * round.Length);
        }

        return hash.GetHashAndReset();
    }
}
