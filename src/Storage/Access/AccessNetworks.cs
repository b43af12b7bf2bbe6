using System.Net;
using System.Net.Sockets;

namespace Platform.Storage.Access;

/// <summary>What attempts are counted by.</summary>
public static class AccessNetworks
{
    /// <summary>In place of one: many, or more than are told apart.</summary>
    public const string Many = "*";

    private const int Bytes64 = 8;

    /// <summary>The address, or of IPv6 its /64: whoever has one address there has them all.</summary>
    public static string KeyOf(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[Bytes64..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
