using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Intelligence;

/// <summary>
/// Addresses that are nobody's on the public Internet (RFC 6890 and the IANA special-purpose registries):
/// private, loopback, link-local, shared, multicast, reserved and documentation ranges.
/// </summary>
public static class SpecialAddresses
{
    private static readonly IPNetwork[] s_ranges4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    private static readonly IPNetwork[] s_ranges6 =
    [
        IPNetwork.Parse("::/8"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("100::/64"), IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("3fff::/20"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>IPv4 inside IPv6 is looked at as the IPv6 address that it is.</summary>
    public static bool Contain(IPAddress address)
    {
        var ranges = address.AddressFamily == AddressFamily.InterNetwork ? s_ranges4 : s_ranges6;
        foreach (var range in ranges)
            if (range.Contains(address))
                return true;
        return false;
    }
}
