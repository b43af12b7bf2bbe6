using System.Net;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Detectors.Headers;

/// <summary>Hosts and paths that cannot exist: invented Received fields, greetings that no mail server makes.</summary>
internal sealed class PathRisk : IDetector
{
    private const int MostHops = 30;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("received-impossible", "A Received field names an address that cannot exist.", "RFC 5321 4.4; X.1236 7.2.1", "address"),
        new("received-many", "The mail passed an unusual number of hosts.", "RFC 5321 6.3", "count"),
        new("helo-impossible", "The sending host greeted with a name that cannot be its own (localhost, bare word, foreign address).", "RFC 5321 4.1.4", "helo"),
        new("sender-domain-impossible", "The author's domain cannot exist (no such top-level domain, or an address).", "RFC 5321 2.3.5; X.1236 7.2.1", "domain"),
        new("web-script-sender", "Sent by a script on a web server.", "PHP mail.add_x_header; ATT&CK T1584.004", "script"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var hops = 0;
        Sign? impossible = null;
        foreach (var received in input.Message.HeadersNamed("Received"))
        {
            hops++;
            if (impossible is null && hops <= MostHops && ReceivedField.ImpossibleAddress(received.Value) is { } address)
                impossible = new Sign("received-impossible", Seen.Header(received), ("address", address));
        }

        if (impossible is not null)
            yield return impossible;
        if (hops > MostHops)
            yield return new Sign("received-many", Seen.Header(input, "Received"), ("count", hops.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        if (input.Origin.Source == "connection" && input.Envelope.Helo is { Length: > 0 } helo && !IsPossibleGreeting(helo, input.Envelope.ClientAddress))
            yield return new Sign("helo-impossible", Seen.Of(Verdicts.EvidenceKind.Envelope, "HELO", helo), ("helo", helo));

        var domain = input.Sender.Domain;
        if (domain.Length > 0 && !IsReserved(domain) && (IPAddress.TryParse(domain.Trim('[', ']'), out _) || !domain.Contains('.') || !input.Domains.HasKnownSuffix(domain)))
            yield return new Sign("sender-domain-impossible", Seen.Header(input, "From"), ("domain", domain));

        if (input.Message.Header("X-PHP-Originating-Script") is { } script || (script = input.Message.Header("X-PHP-Script")) is not null)
            yield return new Sign("web-script-sender", Seen.Header(script), ("script", Seen.Cut(script.Value, 80)));
    }

    private static bool IsPossibleGreeting(string helo, string? client)
    {
        var name = helo.Trim();
        if (name.StartsWith('[') && name.EndsWith(']'))
        {
            var literal = name[1..^1].Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase);
            return IPAddress.TryParse(literal, out var address) && (client is null || IPAddress.TryParse(client, out var real) && (real.Equals(address) || !ReceivedField.IsPublic(address)));
        }

        return name.Contains('.') && !IPAddress.TryParse(name, out _) && !name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase);
    }

    // RFC 2606 and RFC 6761: names for tests and documentation, and those of local networks.
    private static bool IsReserved(string domain) => domain[(domain.LastIndexOf('.') + 1)..] is "test" or "example" or "invalid" or "localhost" or "local" or "internal" or "lan" or "localdomain";
}
