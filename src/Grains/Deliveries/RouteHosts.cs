using System.Net;
using System.Net.Sockets;
using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Deliveries;

/// <summary>Addresses of a route's host, wherever they lie.</summary>
internal static class RouteHosts
{
    /// <exception cref="SmtpTransportException">The name has no address now.</exception>
    public static async Task<IReadOnlyList<SmtpHost>> FindAsync(DeliveryRoute.Smtp route, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(route.Host, cancellationToken);
            return addresses.Length == 0
                ? throw new SmtpTransportException("4.4.4", "The host of the route has no address.")
                : [.. addresses.Select(address => new SmtpHost(route.Host, new IPEndPoint(address, route.Port), route.Tls))];
        }
        catch (SocketException exception)
        {
            throw new SmtpTransportException("4.4.4", $"The host of the route has no address: {exception.SocketErrorCode}.", exception);
        }
    }
}
