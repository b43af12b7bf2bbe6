using System.Net;
using Platform.Engine.Mail;

namespace Platform.Engine.Intelligence;

/// <summary>
/// Finds the address that attacked (IN6): the first hop before the tenant's own relays. Hops are taken outside in from
/// where the platform stands: the connection first, then the Received fields from the top, each written by the hop before
/// it. Below the first untrusted hop everything may be invented, so nothing below it is asked.
/// </summary>
internal sealed class OriginFinder(INetworkData? network)
{
    private const int MostReceived = 50;

    public Origin Find(MailMessage message, Envelope envelope, IReadOnlyList<string> trustedHops)
    {
        var trusted = Parse(trustedHops);
        var hint = Hint(message);
        var connection = envelope.ClientAddress is { } text ? ReceivedField.Parse(text) : null;
        if (connection is not null && IsOutside(connection, trusted))
            return Describe(connection, "connection", hint);

        foreach (var received in message.HeadersNamed("Received").Take(MostReceived))
            if (ReceivedField.ClientAddress(received.Value) is { } hop && IsOutside(hop, trusted))
                return Describe(hop, "received", hint);

        // A client on the tenant's own network that is no relay: it is where the mail began.
        return connection is not null && !IsTrusted(connection, trusted)
            ? Describe(connection, "connection", hint)
            : Origin.Unknown with { Hint = hint };
    }

    private static bool IsOutside(IPAddress address, List<IPNetwork> trusted) => ReceivedField.IsPublic(address) && !IsTrusted(address, trusted);

    private static bool IsTrusted(IPAddress address, List<IPNetwork> trusted)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return trusted.Exists(range => range.BaseAddress.AddressFamily == plain.AddressFamily && range.Contains(plain));
    }

    private static List<IPNetwork> Parse(IReadOnlyList<string> ranges)
    {
        List<IPNetwork> networks = [];
        foreach (var range in ranges)
        {
            if (IPNetwork.TryParse(range, out var parsed))
                networks.Add(parsed);
            else if (IPAddress.TryParse(range, out var single))
                networks.Add(new IPNetwork(single, single.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128));
        }

        return networks;
    }

    private static string? Hint(MailMessage message)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Originating-IP", "X-Sender-IP", "X-Client-IP"])
            if (message.Header(name) is { } header && ReceivedField.Parse(header.Value) is { } address)
                return address.ToString();
        return null;
    }

    private Origin Describe(IPAddress address, string source, string? hint)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var place = network?.Find(plain);
        return new Origin(plain.ToString(), place?.Country, place?.Asn, place?.Network, source, hint);
    }
}
