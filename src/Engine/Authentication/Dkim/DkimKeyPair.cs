using System.Security.Cryptography;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>A key to sign with and what is published of it (RFC 6376, 3.6.1; RFC 8463, 4).</summary>
/// <param name="PrivateKeyPem">PKCS #8 (RFC 5958, 2) in PEM (RFC 7468, 10).</param>
/// <param name="PublicKey">The value of <c>p=</c> (RFC 6376, 3.6.1).</param>
public sealed record DkimKeyPair(string PrivateKeyPem, string PublicKey)
{
    /// <summary>What signers should use (RFC 8301, 3.2); more does not fit where others must read it.</summary>
    private const int RsaBits = 2048;

    /// <summary>What PKCS #8 puts before the seed of an Ed25519 key (RFC 8410, 7).</summary>
    private static readonly byte[] Ed25519Prefix = [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <summary>A new RSA key (RFC 6376, 3.3.2; RFC 8301, 3.2).</summary>
    public static DkimKeyPair NewRsa()
    {
        using var rsa = RSA.Create(RsaBits);
        return Of(rsa.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A new Ed25519 key (RFC 8463, 3).</summary>
    public static DkimKeyPair NewEd25519()
    {
        var der = (byte[])[.. Ed25519Prefix, .. RandomNumberGenerator.GetBytes(32)];
        var pem = PemEncoding.WriteString("PRIVATE KEY", der);
        CryptographicOperations.ZeroMemory(der);
        return Of(pem);
    }

    /// <summary>Without the private key, so that no log shows it (RFC 6376, 8.3).</summary>
    public override string ToString() => PublicKey;

    private static DkimKeyPair Of(string pem)
    {
        using var key = DkimPrivateKey.FromPem(pem);
        return new DkimKeyPair(pem, key.PublicKeyBase64);
    }
}
