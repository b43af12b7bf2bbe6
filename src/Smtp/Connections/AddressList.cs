using System.Net;

namespace Platform.Smtp.Connections;

internal static class AddressList
{
    public static bool Contains(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        for (var i = 0; i < networks.Count; i++)
            if (networks[i].Contains(address))
                return true;
        return false;
    }

    /// <summary>An IPv4 client of a dual-stack socket as the IPv4 address that lists and limits name.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
