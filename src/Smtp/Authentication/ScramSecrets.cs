using System.Security.Cryptography;
using System.Text;

namespace Platform.Smtp;

/// <summary>What a server keeps for SCRAM-SHA-256 in place of passwords (RFC 5802, 3): a user may have several under one salt and count.</summary>
/// <param name="Salt">At most 64 octets.</param>
/// <param name="Iterations">Of PBKDF2; RFC 7677 asks for 4,096 at least.</param>
public sealed record ScramSecrets(ReadOnlyMemory<byte> Salt, int Iterations, IReadOnlyList<ScramKeys> Keys);

/// <param name="Reference">The host's own name of this password.</param>
/// <param name="StoredKey">A proof is checked with it; 32 octets.</param>
/// <param name="ServerKey">The server's own proof is made with it; 32 octets.</param>
public sealed record ScramKeys(string Reference, ReadOnlyMemory<byte> StoredKey, ReadOnlyMemory<byte> ServerKey)
{
    /// <param name="password">Brought to one form by whoever gives it; SASLprep (RFC 4013) leaves ASCII as it is.</param>
    public static ScramKeys Of(string reference, string password, ReadOnlySpan<byte> salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(password);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return new ScramKeys(reference, SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), HMACSHA256.HashData(salted, "Server Key"u8));
    }
}
