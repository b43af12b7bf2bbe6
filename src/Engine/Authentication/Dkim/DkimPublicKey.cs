using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// A key out of <c>p=</c>: RSA as SubjectPublicKeyInfo or, as RFC 6376, 3.6.1 says it, the bare RSAPublicKey of PKCS #1
/// (RFC 8017, A.1.1); Ed25519 as its 32 octets (RFC 8463, 4.2).
/// </summary>
internal sealed class DkimPublicKey
{
    private const int MaxExponentBits = 64;
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    private readonly RSAParameters? _rsa;
    private readonly byte[] _ed25519;

    // An imported key that no thread uses at the moment.
    private RSA? _idle;

    private DkimPublicKey(int bits, RSAParameters? rsa, byte[] ed25519)
    {
        Bits = bits;
        _rsa = rsa;
        _ed25519 = ed25519;
    }

    public int Bits { get; }

    public static DkimPublicKey? Read(string keyType, byte[] octets) => keyType switch
    {
        "ed25519" => octets.Length == Ed25519.PublicKeySize ? new DkimPublicKey(256, null, octets) : null,
        "rsa" => ReadRsa(octets),
        _ => null,
    };

    public bool Verify(byte[] hash, byte[] signature, HashAlgorithmName hashName)
    {
        if (_rsa is not { } parameters)
            return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _ed25519, 0, hash, 0, hash.Length);
        try
        {
            var rsa = Interlocked.Exchange(ref _idle, null) ?? RSA.Create(parameters);
            var isRight = rsa.VerifyHash(hash, signature, hashName, RSASignaturePadding.Pkcs1);
            Interlocked.Exchange(ref _idle, rsa)?.Dispose();
            return isRight;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static DkimPublicKey? ReadRsa(byte[] octets)
    {
        try
        {
            var sequence = new AsnReader(octets, AsnEncodingRules.BER).ReadSequence();
            if (sequence.PeekTag().TagValue == (int)UniversalTagNumber.Sequence)
            {
                if (sequence.ReadSequence().ReadObjectIdentifier() != RsaEncryption)
                    return null;
                sequence = new AsnReader(sequence.ReadBitString(out _), AsnEncodingRules.BER).ReadSequence();
            }

            var modulus = sequence.ReadInteger();
            var exponent = sequence.ReadInteger();
            if (modulus.Sign <= 0 || modulus.IsEven || exponent <= BigInteger.One || exponent.IsEven || exponent.GetBitLength() > MaxExponentBits)
                return null;
            var parameters = new RSAParameters
            {
                Modulus = modulus.ToByteArray(isUnsigned: true, isBigEndian: true),
                Exponent = exponent.ToByteArray(isUnsigned: true, isBigEndian: true),
            };
            return new DkimPublicKey((int)modulus.GetBitLength(), parameters, []);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
