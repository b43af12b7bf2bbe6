using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Grains.Egress;

/// <summary>What of the world customers may point us at.</summary>
public sealed record EgressSettings
{
    /// <summary>Inside networks (RFC 6890) in which addresses named by customers may lie; none: public addresses alone.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Addresses without TLS are taken too. For tests and closed networks.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Certificate authorities trusted beside those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
