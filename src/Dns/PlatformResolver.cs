using Platform.Engine.Authentication.Dns;

namespace Platform.Dns;

/// <summary>
/// The resolver of a process: a cache, an eye on outages and a bound before the servers. For the questions of one message put
/// a <see cref="BudgetedResolver"/> before it.
/// </summary>
public sealed class PlatformResolver : IDnsResolver, IDisposable
{
    private readonly BoundedResolver _bounded;
    private readonly CachingResolver _caching;

    public PlatformResolver(DnsSettings settings, TimeProvider clock)
    {
        _bounded = new BoundedResolver(new DnsClientResolver(settings, clock), settings.Concurrency, settings.Wait, clock);
        _caching = new CachingResolver(new OutageResolver(_bounded, settings.Outage, clock), settings.Cache, clock);
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => _caching.QueryAsync(name, type, cancellationToken);

    public void Dispose() => _bounded.Dispose();
}
