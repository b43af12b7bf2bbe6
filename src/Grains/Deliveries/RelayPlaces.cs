using Platform.Storage.Messages;

namespace Platform.Grains.Deliveries;

/// <summary>
/// Room for running transmissions. The tenants' own routes and the outside have each their own, of which no tenant gets more than its share, so
/// that slow hosts of one tenant's recipients hold up neither another tenant's mail nor what comes in for its own people; and each destination
/// takes so many at a time.
/// </summary>
internal sealed class RelayPlaces(RelaySettings settings)
{
    private const string Routes = "routes";
    private const string Outside = "outside";

    private readonly DestinationLimits _ways = new(settings.Concurrency);
    private readonly DestinationLimits _tenants = new(settings.PerTenant);
    private readonly DestinationLimits _destinations = new(settings.PerDestination);

    /// <summary>Transmissions of all ways together.</summary>
    public static int Most(RelaySettings settings) => 2 * settings.Concurrency;

    /// <param name="wait">How long one that finds no room should wait.</param>
    /// <returns>Leave by disposing; null: there is no room.</returns>
    public IDisposable? TryEnter(RelayLease lease, RelayRoute route, out TimeSpan wait)
    {
        var entered = new Entered();
        foreach (var (limits, key) in Keys(lease.TenantId, route))
        {
            if (limits.TryEnter(key) is { } place)
            {
                entered.Places.Add(place);
                continue;
            }

            entered.Dispose();
            wait = limits.TurnAway(key);
            return null;
        }

        wait = TimeSpan.Zero;
        return entered;
    }

    private IEnumerable<(DestinationLimits Limits, string Key)> Keys(Guid tenantId, RelayRoute route)
    {
        // What has no way ends at once.
        if (route is RelayRoute.None)
            yield break;
        var way = route is RelayRoute.ToOutside ? Outside : Routes;
        yield return (_tenants, $"{way}/{tenantId:N}");
        if (DestinationOf(route) is { } destination)
            yield return (_destinations, destination);
        yield return (_ways, way);
    }

    private static string? DestinationOf(RelayRoute route) => route switch
    {
        RelayRoute.ToHost { Route: var to } => to.Key,
        RelayRoute.ToOutside { Domain: var domain } => domain,
        _ => null,
    };

    private sealed class Entered : IDisposable
    {
        public List<IDisposable> Places { get; } = [];

        public void Dispose()
        {
            foreach (var place in Places)
                place.Dispose();
        }
    }
}
