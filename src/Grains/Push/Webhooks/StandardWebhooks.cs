using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.Push.Webhooks;

// Standard Webhooks 1.0.0: a POST carries three header fields. webhook-id names the message and is the same at every try, so that a
// receiver knows what it has taken; webhook-timestamp is the time of the try, so that an old request played back is refused; and
// webhook-signature holds, separated by spaces, one signature for each key that counts at the time: "v1," HMAC-SHA256 with a shared
// secret, "v1a," Ed25519 with a key pair. Signed is "id.timestamp.body", byte for byte.

/// <summary>Signs deliveries by Standard Webhooks 1.0.0.</summary>
internal static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <returns>The value of webhook-signature.</returns>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, WebhookKeys keys)
    {
        var signed = Signed(id, at, body);
        return string.Join(' ', keys.Secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))).Concat(keys.Seeds.Select(seed => "v1a," + Ed25519(seed, signed))));
    }

    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Signed(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes($"{id}.{Timestamp(at)}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return signed;
    }

    private static string Ed25519(byte[] seed, byte[] signed)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(seed));
        signer.BlockUpdate(signed, 0, signed.Length);
        return Convert.ToBase64String(signer.GenerateSignature());
    }
}
