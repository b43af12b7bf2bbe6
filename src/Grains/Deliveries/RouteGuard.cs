using System.Net;
using Platform.Engine.Intelligence;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Directory;

namespace Platform.Grains.Deliveries;

/// <summary>
/// What a tenant's route may name. A tenant's administrator writes it, the installation's operator owns the network and the
/// folders it points into: inside addresses and other folders are for the operator to allow. Asked when a route is set, as far
/// as it can be told then, and again at each delivery, since a name may come to mean another address.
/// </summary>
internal sealed class RouteGuard(FlowSettings settings, MaildirWriter maildir) : IRouteRule
{
    private const string InsideNetwork =
        "The host of the route lies inside of the platform's own network; its operator can allow that network in Relay:RouteNetworks.";

    public string? Refuse(string route) => DeliveryRoute.Parse(route, out var error) switch
    {
        DeliveryRoute.Maildir { Path: var path } when maildir.RootOf(path) is null =>
            "A Maildir route lies in 'delivered' of the data folder, or in a folder that the platform's operator allows in Relay:MaildirRoots.",
        DeliveryRoute.Smtp { Host: var host } when IPAddress.TryParse(host, out var address) && !IsAllowed(address) => InsideNetwork,
        _ => error,
    };

    /// <summary>The addresses of the route's host that may be talked to.</summary>
    /// <exception cref="SmtpTransportException">There is none now.</exception>
    public async Task<IReadOnlyList<SmtpHost>> HostsAsync(DeliveryRoute.Smtp route, CancellationToken cancellationToken)
    {
        var hosts = await RouteHosts.FindAsync(route, cancellationToken);
        SmtpHost[] allowed = [.. hosts.Where(host => IsAllowed(host.Address.Address))];
        return allowed.Length > 0 ? allowed : throw new SmtpTransportException("4.3.5", InsideNetwork);
    }

    private bool IsAllowed(IPAddress address) =>
        EgressGuard.IsOutside(address) || settings.Relay.RouteNetworks.Any(network => network.Contains(address));
}
