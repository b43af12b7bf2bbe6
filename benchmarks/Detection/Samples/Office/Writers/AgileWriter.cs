using System.Security.Cryptography;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Encrypts a package as Office does today ([MS-OFFCRYPTO] 2.3.4.10), with SHA-512 and AES-256.</summary>
internal static class AgileWriter
{
    private const int PieceLength = 4_096;

    /// <param name="random">Gives salts and keys.</param>
    public static byte[] Encrypt(byte[] package, string password, Random random, int spinCount = 100_000)
    {
        var (passwordSalt, dataSalt, key, proof) = (new byte[16], new byte[16], new byte[32], new byte[16]);
        foreach (var octets in (byte[][])[passwordSalt, dataSalt, key, proof])
            random.NextBytes(octets);
        var hash = SHA512.HashData([.. passwordSalt, .. Encoding.Unicode.GetBytes(password)]);
        for (var round = 0; round < spinCount; round++)
            hash = SHA512.HashData([.. BitConverter.GetBytes(round), .. hash]);
        var info = $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"{Convert.ToBase64String(dataSalt)}\"/><keyEncryptors><keyEncryptor uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey spinCount=\"{spinCount}\" saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"{Convert.ToBase64String(passwordSalt)}\" encryptedVerifierHashInput=\"{For("FEA7D2763B4B9E79", proof)}\" encryptedVerifierHashValue=\"{For("D7AA0F6D3061344E", SHA512.HashData(proof))}\" encryptedKeyValue=\"{For("146E0BE7ABACD0D6", key)}\"/></keyEncryptor></keyEncryptors></encryption>";
        var content = new MemoryStream();
        content.Write(BitConverter.GetBytes((long)package.Length));
        for (var piece = 0; piece * PieceLength < package.Length; piece++)
        {
            var part = new byte[(Math.Min(PieceLength, package.Length - (piece * PieceLength)) + 15) / 16 * 16];
            package.AsSpan(piece * PieceLength, Math.Min(PieceLength, package.Length - (piece * PieceLength))).CopyTo(part);
            content.Write(Aes256(key, SHA512.HashData([.. dataSalt, .. BitConverter.GetBytes(piece)])[..16], part));
        }

        return new CompoundWriter().Stream("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(info)]).Stream("EncryptedPackage", content.ToArray()).ToArray();

        string For(string purpose, byte[] value) => Convert.ToBase64String(Aes256(SHA512.HashData([.. hash, .. Convert.FromHexString(purpose)])[..32], passwordSalt, value));
    }

    private static byte[] Aes256(byte[] key, byte[] vector, byte[] content)
    {
        using var aes = Aes.Create();
        aes.Key = key;
#pragma warning disable CA5401 // The format gives the vector.
        return aes.EncryptCbc(content, vector, PaddingMode.None);
#pragma warning restore CA5401
    }
}
