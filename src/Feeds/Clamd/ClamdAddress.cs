using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Feeds.Clamd;

/// <summary>Where clamd listens: <c>host:port</c>, <c>tcp://host:port</c>, <c>unix:/path</c> or a path from the root on.</summary>
internal sealed record ClamdAddress(EndPoint EndPoint)
{
    private const int DefaultPort = 3310;

    public static bool TryParse(string text, [NotNullWhen(true)] out ClamdAddress? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        text = text.Trim();
        if (text.StartsWith("unix:", StringComparison.Ordinal) || text.StartsWith('/'))
        {
            var path = text.StartsWith("unix:", StringComparison.Ordinal) ? text["unix:".Length..] : text;
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
            if (!path.StartsWith('/') || path.Length > 100)
                return false;
            address = new ClamdAddress(new UnixDomainSocketEndPoint(path));
            return true;
        }

        text = text.StartsWith("tcp://", StringComparison.Ordinal) ? text["tcp://".Length..] : text;
        if (IPEndPoint.TryParse(text, out var endPoint))
        {
            address = new ClamdAddress(endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, DefaultPort) : endPoint);
            return true;
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = DefaultPort;
        if (Uri.CheckHostName(host) != UriHostNameType.Dns || (colon >= 0 && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65_535)))
            return false;
        address = new ClamdAddress(new DnsEndPoint(host, port));
        return true;
    }

    public Socket Open() => EndPoint is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : EndPoint is IPEndPoint ip ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
