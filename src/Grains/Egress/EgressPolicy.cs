using System.Net;
using Platform.Engine.Intelligence;
using Platform.Storage.Push;

namespace Platform.Grains.Egress;

/// <summary>
/// Whereto a customer may point us: public addresses by <see cref="EgressGuard"/>, inside ones that the operator allows, and no port below
/// 1024 but that of HTTPS, so that nobody makes us talk to the mail servers, databases or shells of others.
/// </summary>
internal sealed class EgressPolicy(EgressSettings settings) : IPushAddressRule
{
    private const int HttpsPort = 443;
    private const int HttpPort = 80;
    private const int FirstFreePort = 1024;

    private const string InsideNetwork =
        "The address lies inside of the platform's own network; its operator can allow that network in Push:Networks.";

    public string? RefuseHttp(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Scheme != Uri.UriSchemeHttps && !settings.AllowPlainHttp)
            return "Only 'https' addresses are taken.";
        return url.Scheme == Uri.UriSchemeHttp && url.Port == HttpPort ? RefuseAddress(url.IdnHost) : RefuseHost(url.IdnHost, url.Port);
    }

    public string? RefuseHost(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        return port is HttpsPort or (>= FirstFreePort and <= IPEndPoint.MaxPort)
            ? RefuseAddress(host)
            : $"Port {port} is not taken: name {HttpsPort}, or one from {FirstFreePort} up.";
    }

    public bool Allows(IPAddress address) => EgressGuard.IsOutside(address) || settings.Networks.Any(network => network.Contains(Plain(address)));

    /// <summary>A name is looked at when it is connected to.</summary>
    private string? RefuseAddress(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) && !Allows(address) ? InsideNetwork : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
