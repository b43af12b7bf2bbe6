using System.Net.Sockets;
using System.Security.Cryptography;
using Platform.Storage.Access;
using Platform.Storage.Directory;

namespace Platform.Storage.Connectors;

/// <summary>What a connector may say, brought into its one form.</summary>
internal static class ConnectorChecks
{
    /// <summary>Something of the connector cannot be taken; the sentence says what.</summary>
    public const string InvalidConnector = "INVALID_CONNECTOR";

    public const int MaxOfTenant = 20;
    public const int MaxNetworks = 50;
    public const int MaxCertificates = 10;

    /// <summary>Of a server that is known by its address alone: so few hold addresses there.</summary>
    public const int LeastPrefix4 = 24;
    public const int LeastPrefix6 = 56;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "No such connector is in reach of this client.");

    public static Refusal Full { get; } = new("CONNECTOR_LIMIT", $"A tenant has at most {MaxOfTenant} connectors; remove one that is not used any more.");

    public static (IReadOnlyList<string> Networks, IReadOnlyList<string> Certificates, Refusal? Refusal) Check(IReadOnlyList<string> networks, IReadOnlyList<string> certificates, bool logsIn)
    {
        if (networks.Count > MaxNetworks || certificates.Count > MaxCertificates)
            return Refused($"A connector names at most {MaxNetworks} networks and {MaxCertificates} certificates.");
        if (networks.Count == 0 && certificates.Count == 0 && !logsIn)
            return Refused("A server is known by a certificate, by a login or by networks: name at least one.");
        var ranges = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in networks)
        {
            if (AccessRuleChecks.Network(text) is not { } network)
                return Refused($"'{Messages.SafeText.Clean(text, 60)}' is no network: give an address, or a range such as '192.0.2.0/28'.");
            var least = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? LeastPrefix4 : LeastPrefix6;
            if (certificates.Count == 0 && !logsIn && network.PrefixLength < least)
                return Refused($"By its address alone a server is known in ranges of /{LeastPrefix4} (IPv4) or /{LeastPrefix6} (IPv6) and smaller: whoever else sends from there could send in your name. Give it a certificate or a login.");
            ranges.Add(network.ToString());
        }

        var prints = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in certificates)
        {
            // As openssl writes it, and as others do.
            var print = text.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            if (print.Length != SHA256.HashSizeInBytes * 2 || !print.All(char.IsAsciiHexDigitLower))
                return Refused("A certificate is named by its SHA-256 fingerprint, 64 hexadecimal digits: openssl x509 -noout -fingerprint -sha256.");
            prints.Add(print);
        }

        return ([.. ranges], [.. prints], null);
    }

    private static (IReadOnlyList<string> Networks, IReadOnlyList<string> Certificates, Refusal? Refusal) Refused(string message) => ([], [], new(InvalidConnector, message));
}
