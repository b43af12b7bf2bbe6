namespace Platform.Storage.Push.Webhooks;

/// <summary>The public half of an endpoint's Ed25519 key as receivers get it.</summary>
public static class WebhookPublicKey
{
    /// <returns><c>whpk_</c> and base64.</returns>
    public static string Write(byte[] key) => WebhookKeyForm.PublicKey(key);
}
