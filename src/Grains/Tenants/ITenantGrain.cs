using Platform.Storage.Directory;

namespace Platform.Grains.Tenants;

/// <summary>
/// The settings of one tenant, read once for the cluster and kept. Invariant: three seconds after <see cref="InvalidateAsync"/> has
/// returned, no answer holds settings from before it; at once where the change was made in the process of the grain.
/// The SMTP edge and the scan workers ask the directory of their own process instead.
/// </summary>
[Alias("tenant")]
public interface ITenantGrain : IGrainWithGuidKey
{
    /// <summary>Null when there is no such tenant.</summary>
    [Alias("settings")]
    Task<TenantSettings?> SettingsAsync();

    /// <summary>To be called after each committed change of the tenant.</summary>
    [Alias("invalidate")]
    Task InvalidateAsync();
}
