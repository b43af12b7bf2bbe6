using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Keys;

namespace Platform.Storage.Tracking;

/// <summary>Stands for the network or the program of an open, so that equal ones are known again without being kept.</summary>
public interface IOpenKeys
{
    /// <summary>By the /24 of an IPv4 address, the /64 of an IPv6 one.</summary>
    string OfNetwork(IPAddress address);

    /// <summary>By all that the program says of itself.</summary>
    string OfAgent(string agent);
}

/// <summary>HMAC-SHA256 cut to 96 bits, by a key of the platform's.</summary>
internal sealed class OpenKeys(PlatformKeys keys) : IOpenKeys
{
    private const int Length = 12;
    private const int Network4 = 3;
    private const int Network6 = 8;

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("open-keys"));

    public string OfNetwork(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Code(plain.GetAddressBytes().AsSpan(0, plain.AddressFamily == AddressFamily.InterNetwork ? Network4 : Network6));
    }

    public string OfAgent(string agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return Code(Encoding.UTF8.GetBytes(agent));
    }

    private string Code(ReadOnlySpan<byte> content)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, content, whole);
        return Convert.ToHexStringLower(whole[..Length]);
    }
}
