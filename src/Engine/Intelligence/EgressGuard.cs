using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Intelligence;

/// <summary>
/// Keeps what we send away from inside addresses: whoever writes a domain's MX records, or a tenant's route, must not choose
/// which of our own hosts we talk to. Special-purpose addresses (RFC 6890) are inside; IPv4 inside IPv6 is looked at as IPv4.
/// </summary>
public static class EgressGuard
{
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>Public by its number, and on every Azure machine the platform's own services.</summary>
    private static readonly IPAddress AzureWireServer = new([168, 63, 129, 16]);

    public static bool IsOutside(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Embedded(address) is { } inner)
            return IsOutside(inner);
        return !Teredo.Contains(address) && !address.Equals(AzureWireServer) && !SpecialAddresses.Contain(address);
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
