using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Feeds.DnsLists;

// Block lists by DNS (RFC 5782). The thing that is asked for is put before the zone of the list, and an address record in
// 127.0.0.0/8 says that it is listed, its last octets why:
//
//   192.0.2.99        ->  99.2.0.192.ZONE            A 127.0.0.2
//   2001:db8::1       ->  1.0.0. ... 8.b.d.0.1.0.0.2.ZONE
//   bad.example       ->  bad.example.ZONE
//
// No such name means: not listed. Answers in 127.255.255.0/24 are no listing but a refusal: asked through an open resolver,
// too often, by the wrong name. A list that is gone and answers everything with some other address lists nothing.

/// <summary>One list by DNS.</summary>
/// <param name="Zone">Without dots at its ends.</param>
/// <param name="OfAddresses">It lists addresses of senders; else domains of links and senders.</param>
/// <param name="Codes">What an answer means, by address; one that is not there speaks for itself.</param>
internal sealed record DnsList(string Name, string Zone, bool OfAddresses, IReadOnlyDictionary<string, string> Codes)
{
    private static readonly IPNetwork s_listed = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork s_refused = IPNetwork.Parse("127.255.255.0/24");

    public string NameFor(IPAddress address)
    {
        var octets = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var name = new StringBuilder();
        for (var at = octets.Length - 1; at >= 0; at--)
        {
            if (octets.Length == 4)
                name.Append(CultureInfo.InvariantCulture, $"{octets[at]}.");
            else
                name.Append(CultureInfo.InvariantCulture, $"{octets[at] & 15:x}.{octets[at] >> 4:x}.");
        }

        return name.Append(Zone).ToString();
    }

    public string NameFor(string domain) => $"{domain}.{Zone}";

    /// <summary>What the answer says; null when it is no listing.</summary>
    /// <exception cref="FeedException">The list refuses to answer.</exception>
    public string? Meaning(IPAddress answer)
    {
        if (answer.AddressFamily != AddressFamily.InterNetwork || !s_listed.Contains(answer))
            return null;
        var code = answer.ToString();
        if (Codes.TryGetValue(code, out var meaning))
            return meaning;
        return s_refused.Contains(answer) ? throw new FeedException($"the list refuses to answer ({code})") : code;
    }
}
