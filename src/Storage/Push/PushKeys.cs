using Platform.Storage.Keys;

namespace Platform.Storage.Push;

/// <summary>Seals what a tenant or MSP gives us to authenticate with: under the tenant's key, or for an MSP, which has none, under one derived from the platform's.</summary>
internal sealed class PushKeys(TenantKeys tenants, PlatformKeys platform)
{
    /// <param name="label">What the secret is and of which row.</param>
    public async ValueTask<byte[]> SealAsync(PushOwner owner, string label, byte[] secret, CancellationToken cancellationToken) =>
        SealedSecret.Seal(await KeyAsync(owner, cancellationToken), label, secret);

    public async ValueTask<byte[]> OpenAsync(PushOwner owner, string label, byte[] stored, CancellationToken cancellationToken) =>
        SealedSecret.Open(await KeyAsync(owner, cancellationToken), label, stored);

    private async ValueTask<byte[]> KeyAsync(PushOwner owner, CancellationToken cancellationToken) =>
        owner.IsMsp ? platform.Derive($"push-secrets:{owner.Id:N}") : await tenants.GetAsync(owner.Id, cancellationToken);
}
