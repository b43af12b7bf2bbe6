using System.Net;
using System.Net.Sockets;

namespace Platform.Grains.Bounces;

/// <summary>
/// Keeps mail to the outside away from inside addresses: whoever writes a domain's MX records must not choose which of our own
/// hosts we talk to. Ranges of the IANA special-purpose registries (RFC 6890); IPv4 inside IPv6 is looked at as IPv4.
/// </summary>
internal static class EgressGuard
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public static bool IsOutside(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Embedded(address) is { } inner)
            return IsOutside(inner);
        return !Teredo.Contains(address) && !Inside.Any(network => network.Contains(address));
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var octets = address.GetAddressBytes();
        if (Nat64.Contains(address))
            return new IPAddress(octets.AsSpan(12));
        return SixToFour.Contains(address) ? new IPAddress(octets.AsSpan(2, 4)) : null;
    }
}
