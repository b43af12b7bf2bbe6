using System.Globalization;
using System.Net;
using Platform.Engine.Intelligence;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Bounces;

/// <summary>Finds the servers of a domain outside, and refuses those whose addresses lie inside (<see cref="EgressGuard"/>).</summary>
internal sealed class BounceSender(FlowSettings settings, IMailExchangers exchangers) : IBounceSender
{
    private const int MaxHosts = 10;

    private readonly DeliveryRoute.Smtp? _smartHost = ReadSmartHost(settings.Relay.SmartHost);

    public async Task<OutsideHosts> FindAsync(string recipientDomain, CancellationToken cancellationToken)
    {
        try
        {
            if (_smartHost is not null)
                return new OutsideHosts.Found(await RouteHosts.FindAsync(_smartHost, cancellationToken)) { AreOperators = true };
            return recipientDomain.StartsWith('[') ? Literal(recipientDomain) : await ByMxAsync(recipientDomain, cancellationToken);
        }
        catch (MailExchangerLookupException exception)
        {
            return new OutsideHosts.Later("4.4.3", exception.Message);
        }
        catch (SmtpTransportException exception)
        {
            return new OutsideHosts.Later(exception.Status, exception.Message);
        }
    }

    private async Task<OutsideHosts> ByMxAsync(string domain, CancellationToken cancellationToken)
    {
        if (AsciiName(domain) is not { } name)
            return new OutsideHosts.Never("5.1.2", "The recipient's domain is no host name.");
        var answer = await exchangers.FindAsync(name, cancellationToken);
        if (!answer.DomainExists)
            return new OutsideHosts.Never("5.1.2", "The recipient's domain does not exist.");
        if (answer.Records is [{ Host: "" }])
            return new OutsideHosts.Never("5.1.10", "The recipient's domain takes no mail (null MX).");

        // Without MX the domain itself is the host (RFC 5321, 5.1).
        var names = answer.Records.Count == 0
            ? [name]
            : answer.Records.Where(r => r.Host.Length > 0).Shuffle().OrderBy(r => r.Preference).Select(r => r.Host).Take(MaxHosts);
        List<SmtpHost> hosts = [];
        var refused = false;
        foreach (var host in names)
        {
            var (addresses, isProven) = await exchangers.AddressesAsync(host, cancellationToken);
            foreach (var address in addresses)
            {
                if (IsAllowed(address))
                    hosts.Add(new SmtpHost(host, new IPEndPoint(address, settings.Relay.MxPort), TlsPolicy.May) { IsProven = answer.IsAuthenticated && isProven });
                else
                    refused = true;
            }
        }
        if (hosts.Count > 0)
            return new OutsideHosts.Found(hosts);
        return refused
            ? new OutsideHosts.Never("5.4.4", "The recipient's mail servers have no public address.")
            : new OutsideHosts.Later("4.4.4", "The recipient's mail servers have no address.");
    }

    private OutsideHosts Literal(string literal)
    {
        var text = literal.Trim('[', ']');
        if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
            text = text[5..];
        return IPAddress.TryParse(text, out var address) && IsAllowed(address)
            ? new OutsideHosts.Found([new SmtpHost(text, new IPEndPoint(address, settings.Relay.MxPort), TlsPolicy.May)])
            : new OutsideHosts.Never("5.1.2", "The recipient's address literal is no public address.");
    }

    private bool IsAllowed(IPAddress address) => settings.Relay.AllowPrivateMx || EgressGuard.IsOutside(address);

    private static string? AsciiName(string domain)
    {
        try
        {
            return Uri.CheckHostName(domain) == UriHostNameType.Dns ? new IdnMapping().GetAscii(domain) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static DeliveryRoute.Smtp? ReadSmartHost(string? text)
    {
        if (text is null)
            return null;
        return DeliveryRoute.Parse(text, out var error) as DeliveryRoute.Smtp
            ?? throw new FormatException($"Relay:SmartHost is '{text}'. {error ?? "It must be smtp://host:port."}");
    }
}
