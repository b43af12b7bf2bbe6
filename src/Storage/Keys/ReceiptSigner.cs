using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Storage.Keys;

/// <summary>
/// Signs what must be believed later: purge receipts and heads of audit chains, as JSON Web Signatures in compact form (RFC 7515)
/// by ES256 (RFC 7518, 3.4). The private key comes from the platform key, so that none is stored and every process signs alike.
/// </summary>
public interface IReceiptSigner
{
    /// <param name="type">Of the content, for the header <c>typ</c>: <c>purge-receipt</c>, <c>audit-head</c>.</param>
    string Sign(string type, string json);

    /// <returns>The signed JSON; null when the text is malformed, of another type, or not signed by this installation.</returns>
    string? Open(string type, string signature);

    /// <summary>The public key as a JSON Web Key (RFC 7517).</summary>
    string PublicKey { get; }
}

internal sealed class ReceiptSigner : IReceiptSigner, IDisposable
{
    private const int MaxLength = 1 << 20;

    private readonly Lazy<ECDsa> _key;
    private readonly Lock _signing = new();

    public ReceiptSigner(PlatformKeys keys) => _key = new(() => Make(keys));

    public string PublicKey
    {
        get
        {
            var (x, y) = Coordinates();
            return $$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}","alg":"ES256","use":"sig","kid":"{{KeyId()}}"}""";
        }
    }

    public string Sign(string type, string json)
    {
        var header = $$"""{"alg":"ES256","typ":"{{type}}","kid":"{{KeyId()}}"}""";
        var signed = $"{Encode(header)}.{Encode(json)}";
        lock (_signing)
            return $"{signed}.{Base64Url.EncodeToString(_key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public string? Open(string type, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.Length > MaxLength || signature.Trim().Split('.') is not [var header, var payload, var value] || !Base64Url.IsValid(header) || !Base64Url.IsValid(payload) || !Base64Url.IsValid(value))
            return null;
        lock (_signing)
        {
            if (!_key.Value.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(value), HashAlgorithmName.SHA256))
                return null;
        }

        // Signed by us, so the header is one of ours.
        using var parsed = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
        return parsed.RootElement.GetProperty("typ").GetString() == type ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)) : null;
    }

    public void Dispose()
    {
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    /// <summary>Thumbprint of the public key (RFC 7638).</summary>
    private string KeyId()
    {
        var (x, y) = Coordinates();
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }

    private (string X, string Y) Coordinates()
    {
        lock (_signing)
        {
            var point = _key.Value.ExportParameters(includePrivateParameters: false).Q;
            return (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Of four thousand million numbers one is no private key of the curve: then the next label is taken.</summary>
    private static ECDsa Make(PlatformKeys keys)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = keys.Derive($"receipt-signing:{i}") });
            }
            catch (CryptographicException) when (i < 4)
            {
                continue;
            }
        }
    }
}
