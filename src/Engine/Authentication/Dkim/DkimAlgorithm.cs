using System.Security.Cryptography;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>What <c>a=</c> may be: rsa-sha1 and rsa-sha256 (RFC 6376, 3.3), ed25519-sha256 (RFC 8463, 3).</summary>
internal sealed record DkimAlgorithm(string Name, string KeyType, string HashTag, HashAlgorithmName Hash)
{
    public static DkimAlgorithm RsaSha1 { get; } = new("rsa-sha1", "rsa", "sha1", HashAlgorithmName.SHA1);

    public static DkimAlgorithm RsaSha256 { get; } = new("rsa-sha256", "rsa", "sha256", HashAlgorithmName.SHA256);

    public static DkimAlgorithm Ed25519Sha256 { get; } = new("ed25519-sha256", "ed25519", "sha256", HashAlgorithmName.SHA256);

    public bool IsHistoric => this == RsaSha1;

    public static DkimAlgorithm? Named(string name) => name switch
    {
        "rsa-sha256" => RsaSha256,
        "ed25519-sha256" => Ed25519Sha256,
        "rsa-sha1" => RsaSha1,
        _ => null,
    };
}
