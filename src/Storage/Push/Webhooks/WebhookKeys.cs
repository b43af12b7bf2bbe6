using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Platform.Storage.Push.Webhooks;

/// <summary>Keys of an endpoint in clear, for as long as they are needed.</summary>
/// <param name="Secrets">Keys of HMAC-SHA256; the newest first, the one before while it signs as well.</param>
/// <param name="Seeds">Seeds of Ed25519 keys, likewise.</param>
public sealed record WebhookKeys(IReadOnlyList<byte[]> Secrets, IReadOnlyList<byte[]> Seeds)
{
    /// <summary>Without the keys, so that no log shows them.</summary>
    public override string ToString() => $"{Secrets.Count} secrets, {Seeds.Count} signing keys";
}

/// <summary>How keys are made and written (Standard Webhooks 1.0.0, "Signature scheme").</summary>
internal static class WebhookKeyForm
{
    /// <summary>Of 24 to 64 bytes that the specification allows.</summary>
    private const int SecretSize = 32;

    private const int SeedSize = 32;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretSize);

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedSize);

    public static byte[] PublicKeyOf(byte[] seed) => new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded();

    public static string Secret(byte[] secret) => "whsec_" + Convert.ToBase64String(secret);

    /// <summary>As <c>whpk_</c> and base64.</summary>
    public static string PublicKey(byte[] key) => "whpk_" + Convert.ToBase64String(key);

    public static string SecretLabel(Guid endpointId) => $"webhook-secret:{endpointId:N}";

    public static string SeedLabel(Guid endpointId) => $"webhook-signing-seed:{endpointId:N}";
}
