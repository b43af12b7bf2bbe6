using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>A key to sign with: RSA (RFC 6376, 3.3.2) or Ed25519 (RFC 8463, 3). May be used by several threads.</summary>
public sealed class DkimPrivateKey : IDisposable
{
    private const string Ed25519Oid = "1.3.101.112";

    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly byte[] _ed25519 = [];

    private DkimPrivateKey(RSA rsa) => _rsa = rsa;

    private DkimPrivateKey(byte[] seed) => _ed25519 = seed;

    internal DkimAlgorithm Algorithm => _rsa is null ? DkimAlgorithm.Ed25519Sha256 : DkimAlgorithm.RsaSha256;

    /// <summary>
    /// From PEM (RFC 7468): <c>RSA PRIVATE KEY</c> (PKCS #1, RFC 8017, A.1.2) or <c>PRIVATE KEY</c> (PKCS #8, RFC 5958, 2) with an RSA or
    /// Ed25519 key (RFC 8410, 7), not encrypted.
    /// </summary>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static DkimPrivateKey FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
            throw new CryptographicException("No PEM block was found in the signing key.");
        if (pem[fields.Label] == "PRIVATE KEY" && Seed(Convert.FromBase64String(pem[fields.Base64Data])) is { } seed)
            return new DkimPrivateKey(seed);
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new DkimPrivateKey(rsa);
        }
        catch (ArgumentException exception)
        {
            rsa.Dispose();
            throw new CryptographicException("The signing key is neither an RSA nor an Ed25519 key.", exception);
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    /// <summary>The value of <c>p=</c> for the key record (RFC 6376, 3.6.1; RFC 8463, 4.2).</summary>
    public string PublicKeyBase64
    {
        get
        {
            if (_rsa is not null)
                return Convert.ToBase64String(_rsa.ExportSubjectPublicKeyInfo());
            var key = new byte[Ed25519.PublicKeySize];
            Ed25519.GeneratePublicKey(_ed25519, 0, key, 0);
            return Convert.ToBase64String(key);
        }
    }

    /// <summary>Forgets the key (RFC 6376, 8.3).</summary>
    public void Dispose()
    {
        _rsa?.Dispose();
        CryptographicOperations.ZeroMemory(_ed25519);
    }

    // Ed25519 signs the hash as its message (RFC 8463, 3).
    internal byte[] SignHash(byte[] hash)
    {
        if (_rsa is not null)
        {
            lock (_gate)
                return _rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_ed25519, 0, hash, 0, hash.Length, signature, 0);
        return signature;
    }

    private static byte[]? Seed(byte[] der)
    {
        try
        {
            var key = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            _ = key.ReadInteger();
            if (key.ReadSequence().ReadObjectIdentifier() != Ed25519Oid)
                return null;
            var seed = new AsnReader(key.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
            return seed.Length == Ed25519.SecretKeySize ? seed : throw new CryptographicException("The Ed25519 key does not have 32 octets.");
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException("The signing key cannot be read.", exception);
        }
    }
}
