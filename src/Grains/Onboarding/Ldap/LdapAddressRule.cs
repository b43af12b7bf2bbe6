using System.Net;
using Platform.Grains.Egress;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>Addresses as for everything that customers name (<see cref="EgressPolicy"/>), and the ports of LDAP: 389, 636, or one from 1024 up.</summary>
internal sealed class LdapAddressRule(EgressPolicy policy) : ILdapAddressRule
{
    private const int PlainPort = 389;
    private const int TlsPort = 636;
    private const int FirstFreePort = 1024;

    public string? Refuse(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (port is not (PlainPort or TlsPort or >= FirstFreePort))
            return $"Port {port} is not taken: name {TlsPort}, {PlainPort}, or one from {FirstFreePort} up.";
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && !policy.Allows(address)
            ? "The address lies inside of the platform's own network; its operator can allow that network in Push:Networks."
            : null;
    }
}
