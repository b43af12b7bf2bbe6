using System.Globalization;
using System.Net;

namespace Platform.Api.Hosting;

/// <summary>Where a listener listens, from settings such as <c>http://localhost:5080</c>, <c>0.0.0.0:25</c>, <c>[::1]:2525</c>, <c>:2525</c> or <c>2525</c>.</summary>
/// <param name="Address">Null for any address.</param>
/// <param name="Port">0 to let the system choose.</param>
public sealed record ListenAddress(IPAddress? Address, int Port, bool Localhost)
{
    /// <summary>Written as <c>https://</c>.</summary>
    public bool Secure { get; init; }

    /// <exception cref="SettingsException">The value names no address and port.</exception>
    public static ListenAddress Parse(string setting, string value)
    {
        var text = value.Trim();
        var secure = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
            text = text[(scheme + 3)..].TrimEnd('/');

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon].Trim('[', ']');
        var portText = colon < 0 ? text : text[(colon + 1)..];
        if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
            throw new SettingsException($"{setting} is '{value}', which names no port. Write it as address:port, for example 127.0.0.1:2525.");
        if (host is "" or "*" or "+")
            return new ListenAddress(null, port, false) { Secure = secure };
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return new ListenAddress(IPAddress.Loopback, port, true) { Secure = secure };
        if (IPAddress.TryParse(host, out var address))
            return new ListenAddress(address, port, false) { Secure = secure };
        throw new SettingsException($"{setting} is '{value}': '{host}' is no IP address. Name the address to listen on, 'localhost', or leave it out for all addresses.");
    }

    /// <summary>For listeners that take one address; no address means all, IPv4 too.</summary>
    public IPEndPoint ToEndPoint() => new(Address ?? IPAddress.IPv6Any, Port);

    /// <summary>As a browser on this machine writes it.</summary>
    public Uri ToUri() => new UriBuilder(Secure ? "https" : "http", Localhost || Address is null ? "localhost" : Address.ToString(), Port).Uri;

    public override string ToString() => (Localhost ? "localhost" : Address?.ToString() ?? "*") + ":" + Port.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A setting that keeps the platform from starting; its message says which and what to do.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
