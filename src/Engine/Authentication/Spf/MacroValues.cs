using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Authentication.Spf;

/// <summary>What macros stand for (RFC 7208, 7.2, 7.3).</summary>
internal sealed class MacroValues(SpfQuery query, SpfSender sender, DateTimeOffset now)
{
    private const int MaxName = 255;

    private readonly string _helo = Named(query.Helo);
    private readonly string _receiver = Named(query.Receiver);

    /// <summary>IPv4, or IPv6 that is not IPv4-mapped, without a zone.</summary>
    public IPAddress Client { get; } = Plain(query.ClientAddress);

    /// <param name="domain">The domain whose record is evaluated.</param>
    /// <param name="validatedName">For the letter p.</param>
    public string Of(char letter, string domain, string validatedName) => letter switch
    {
        's' => $"{sender.LocalPart}@{sender.Domain}",
        'l' => sender.LocalPart,
        'o' => sender.Domain,
        'd' => domain,
        'i' => Dotted(Client),
        'p' => validatedName,
        'v' => Client.AddressFamily == AddressFamily.InterNetwork ? "in-addr" : "ip6",
        'h' => _helo,
        'c' => Client.ToString(),
        'r' => _receiver,
        't' => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>The name whose PTR names the client (RFC 7208, 5.5).</summary>
    public string ReverseName()
    {
        var labels = Dotted(Client).Split('.');
        Array.Reverse(labels);
        return $"{string.Join('.', labels)}.{Of('v', "", "")}.arpa";
    }

    private static string Dotted(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString()
            : string.Join('.', Convert.ToHexStringLower(address.GetAddressBytes()).AsEnumerable());

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static string Named(string given)
    {
        if (SpfName.TryNormalise(given, out var name))
            return name;
        return given.Length <= MaxName ? given : given[..MaxName];
    }
}
