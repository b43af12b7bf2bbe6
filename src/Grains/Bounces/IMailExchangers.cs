using System.Net;

namespace Platform.Grains.Bounces;

/// <summary>DNS as the way to the outside needs it.</summary>
internal interface IMailExchangers
{
    /// <exception cref="MailExchangerLookupException">No answer, or none that can be trusted.</exception>
    Task<MailExchangers> FindAsync(string domain, CancellationToken cancellationToken);

    /// <exception cref="MailExchangerLookupException">No answer.</exception>
    Task<HostAddresses> AddressesAsync(string host, CancellationToken cancellationToken);
}

/// <param name="DomainExists">False: the name is not in DNS at all.</param>
/// <param name="Records">Preference and host; an empty host is the null MX (RFC 7505).</param>
internal sealed record MailExchangers(bool DomainExists, IReadOnlyList<(int Preference, string Host)> Records)
{
    /// <summary>DNSSEC proves it, that there are none included.</summary>
    public bool IsAuthenticated { get; init; }
}

/// <param name="IsAuthenticated">DNSSEC proves all of it.</param>
internal sealed record HostAddresses(IReadOnlyList<IPAddress> Addresses, bool IsAuthenticated = false);

internal sealed class MailExchangerLookupException(string message) : Exception(message);
