using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Ooxml;

#pragma warning disable CA5350 // The formats ask for SHA-1; nothing is protected by it here.

namespace Platform.Engine.Attachments.Office;

// An encrypted OOXML document ([MS-OFFCRYPTO] 2.3) is a compound file with the streams `EncryptionInfo` and `EncryptedPackage` (its
// length in 64 bits, then the encrypted zip). Standard encryption (2.3.4.5): AES in ECB mode, the key from SHA-1 over salt and
// password, hashed 50,000 times. Agile (2.3.4.10): an XML part names algorithms, salts and how often to hash; the password's key
// opens the key of the package, which is encrypted in pieces of 4,096 octets. "VelvetSweatshop" is the password that Office
// tries by itself: attackers encrypt with it to blind filters.

/// <summary>Tries passwords on an encrypted package. How much is hashed over all passwords is bounded.</summary>
internal static class PackageEncryption
{
    private const int MostRounds = 1_200_000;
    private const int MaxPackage = 48 * 1024 * 1024;
    private const int PieceLength = 4_096;

    private static readonly byte[] VerifierInput = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
    private static readonly byte[] VerifierValue = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
    private static readonly byte[] KeyValue = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

    /// <returns>The package; null when no password opens it.</returns>
    public static byte[]? Open(CompoundFile file, IReadOnlyList<string> passwords)
    {
        var info = file.Read("EncryptionInfo", 64 * 1024);
        var package = file.Read("EncryptedPackage", MaxPackage);
        if (info.Length < 8 || package.Length < 24)
            return null;
        try
        {
            var (major, minor) = (BinaryPrimitives.ReadUInt16LittleEndian(info.Span), BinaryPrimitives.ReadUInt16LittleEndian(info.Span[2..]));
            return (major, minor) == (4, 4) ? OpenAgile(info[8..].ToArray(), package.Span, passwords) : OpenStandard(info.Span, package.Span, passwords);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static byte[]? OpenStandard(ReadOnlySpan<byte> info, ReadOnlySpan<byte> package, IReadOnlyList<string> passwords)
    {
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(info[8..]);
        if (headerLength is < 32 or > 4_096 || 12 + headerLength + 68 > info.Length)
            return null;
        var keyLength = (int)BinaryPrimitives.ReadUInt32LittleEndian(info[28..]) / 8;
        var verifier = info[(12 + (int)headerLength)..];
        var salt = verifier.Slice(4, 16).ToArray();
        if (keyLength is not (16 or 24 or 32))
            return null;
        foreach (var password in passwords.Take(MostRounds / 50_000))
        {
            using var aes = Aes.Create();
            aes.Key = StandardKey(password, salt, keyLength);
            var proof = SHA1.HashData(aes.DecryptEcb(verifier.Slice(20, 16), PaddingMode.None));
            if (proof.AsSpan().SequenceEqual(aes.DecryptEcb(verifier.Slice(40, 32), PaddingMode.None).AsSpan(0, proof.Length)))
                return Cut(aes.DecryptEcb(package[8..((package.Length - 8) / 16 * 16 + 8)], PaddingMode.None), package);
        }

        return null;
    }

    private static byte[] StandardKey(string password, byte[] salt, int length)
    {
        var hash = Spin(HashAlgorithmName.SHA1, salt, password, 50_000);
        hash = SHA1.HashData([.. hash, 0, 0, 0, 0]);
        Span<byte> inner = stackalloc byte[64];
        Span<byte> outer = stackalloc byte[64];
        inner.Fill(0x36);
        outer.Fill(0x5C);
        for (var index = 0; index < hash.Length; index++)
        {
            inner[index] ^= hash[index];
            outer[index] ^= hash[index];
        }

        return [.. ((byte[])[.. SHA1.HashData(inner), .. SHA1.HashData(outer)]).AsSpan(0, length)];
    }

    private static byte[]? OpenAgile(byte[] description, ReadOnlySpan<byte> package, IReadOnlyList<string> passwords)
    {
        if (Agile.Read(description) is not { } agile)
            return null;
        var tries = MostRounds / Math.Max(1, agile.SpinCount);
        foreach (var password in passwords.Take(tries))
        {
            var hash = Spin(agile.Hash, agile.PasswordSalt, password, agile.SpinCount);
            var proof = Agile.Decrypt(agile.PasswordKey(hash, VerifierInput), agile.PasswordSalt, agile.VerifierInput);
            var expected = Agile.Decrypt(agile.PasswordKey(hash, VerifierValue), agile.PasswordSalt, agile.VerifierHash);
            var actual = CryptographicOperations.HashData(agile.Hash, proof);
            if (!expected.AsSpan().StartsWith(actual))
                continue;
            var key = Agile.Decrypt(agile.PasswordKey(hash, KeyValue), agile.PasswordSalt, agile.EncryptedKey)[..agile.KeyLength];
            var content = package[8..];
            using var output = new MemoryStream();
            for (var piece = 0; piece * PieceLength < content.Length; piece++)
            {
                var part = content.Slice(piece * PieceLength, Math.Min(PieceLength, content.Length - (piece * PieceLength)));
                var vector = Agile.Fit(CryptographicOperations.HashData(agile.DataHash, [.. agile.DataSalt, .. BitConverter.GetBytes(piece)]), 16);
                output.Write(Agile.Decrypt(key, vector, part[..(part.Length / 16 * 16)].ToArray()));
            }

            return Cut(output.ToArray(), package);
        }

        return null;
    }

    private static byte[] Spin(HashAlgorithmName algorithm, byte[] salt, string password, int rounds)
    {
        var hash = CryptographicOperations.HashData(algorithm, [.. salt, .. Encoding.Unicode.GetBytes(password)]);
        var input = new byte[4 + hash.Length];
        for (var round = 0; round < rounds; round++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(input, round);
            hash.CopyTo(input, 4);
            CryptographicOperations.HashData(algorithm, input, hash);
        }

        return hash;
    }

    private static byte[] Cut(byte[] content, ReadOnlySpan<byte> package) => content[..(int)Math.Min((ulong)content.Length, BinaryPrimitives.ReadUInt64LittleEndian(package))];

    private sealed record Agile(HashAlgorithmName Hash, HashAlgorithmName DataHash, int SpinCount, int KeyLength, byte[] PasswordSalt, byte[] DataSalt, byte[] VerifierInput, byte[] VerifierHash, byte[] EncryptedKey)
    {
        public static Agile? Read(byte[] description)
        {
            Dictionary<string, string> key = new(StringComparer.Ordinal);
            Dictionary<string, string> data = new(StringComparer.Ordinal);
            XmlPart.Walk(description, reader =>
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName is not ("keyData" or "encryptedKey"))
                    return;
                var into = reader.LocalName == "keyData" ? data : key;
                while (reader.MoveToNextAttribute())
                    into.TryAdd(reader.LocalName, reader.Value);
                reader.MoveToElement();
            });
            if (!int.TryParse(key.GetValueOrDefault("spinCount"), out var spin) || spin is < 0 or > MostRounds || !int.TryParse(key.GetValueOrDefault("keyBits"), out var bits) || bits is not (128 or 192 or 256))
                return null;
            return new Agile(
                HashOf(key), HashOf(data), spin, bits / 8, Bytes(key, "saltValue"), Bytes(data, "saltValue"), Bytes(key, "encryptedVerifierHashInput"), Bytes(key, "encryptedVerifierHashValue"), Bytes(key, "encryptedKeyValue"));
        }

        public byte[] PasswordKey(byte[] hash, byte[] purpose) => Fit(CryptographicOperations.HashData(Hash, [.. hash, .. purpose]), KeyLength);

        public static byte[] Decrypt(byte[] key, byte[] vector, byte[] content)
        {
            using var aes = Aes.Create();
            aes.Key = key;
            return aes.DecryptCbc(content, Fit(vector, 16), PaddingMode.None);
        }

        public static byte[] Fit(byte[] value, int length)
        {
            var fitted = new byte[length];
            fitted.AsSpan().Fill(0x36);
            value.AsSpan(0, Math.Min(value.Length, length)).CopyTo(fitted);
            return fitted;
        }

        private static HashAlgorithmName HashOf(Dictionary<string, string> description) => description.GetValueOrDefault("hashAlgorithm") switch
        {
            "SHA512" => HashAlgorithmName.SHA512,
            "SHA384" => HashAlgorithmName.SHA384,
            "SHA256" => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA1,
        };

        private static byte[] Bytes(Dictionary<string, string> description, string name) => Convert.FromBase64String(description.GetValueOrDefault(name, ""));
    }
}
