using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Platform.Grains.Hosting;
using Platform.Storage.Directory;

namespace Platform.Grains.Tenants;

[RandomPlacement]
[GrainType("tenant")]
internal sealed class TenantGrain(IRecipientDirectory directory, [FromKeyedServices(SiloHosting.GrainClock)] TimeProvider time) : Grain, ITenantGrain
{
    /// <summary>Bounds what a change costs whose invalidation was lost with its process.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(30);

    /// <summary>Another process may answer from before a change for as long as its directory keeps a snapshot; until then nothing is kept here.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);

    private TenantSettings? _settings;
    private long? _readAt;
    private long? _invalidatedAt;

    public async Task<TenantSettings?> SettingsAsync()
    {
        if (_readAt is { } readAt && time.GetElapsedTime(readAt) < s_maxAge)
            return _settings;

        var startedAt = time.GetTimestamp();
        var settings = await directory.FindTenantAsync(this.GetPrimaryKey(), CancellationToken.None);
        if (_invalidatedAt is not { } invalidatedAt || time.GetElapsedTime(invalidatedAt, startedAt) >= s_settle)
            (_settings, _readAt) = (settings, startedAt);
        return settings;
    }

    public Task InvalidateAsync()
    {
        (_settings, _readAt, _invalidatedAt) = (null, null, time.GetTimestamp());
        return Task.CompletedTask;
    }
}
