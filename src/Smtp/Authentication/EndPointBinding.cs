using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Smtp.Authentication;

/// <summary>
/// <c>tls-server-end-point</c> (RFC 5929, 4.1): the server's certificate by the hash of its own signature, SHA-256 in place of MD5 and
/// SHA-1. A signature without one hash (Ed25519, PSS) leaves it undefined.
/// </summary>
internal static class EndPointBinding
{
    public static byte[]? Of(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 known)
            return null;
        return known.SignatureAlgorithm.Value switch
        {
            "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.1" or "1.2.840.10045.4.3.2" => SHA256.HashData(known.RawDataMemory.Span),
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(known.RawDataMemory.Span),
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(known.RawDataMemory.Span),
            _ => null,
        };
    }
}
