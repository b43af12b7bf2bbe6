using System.Net;

namespace Platform.Grains.Transport;

/// <summary>How mail to the outside is encrypted, signed and reported on.</summary>
public sealed record TransportSettings
{
    /// <summary>Inside networks (RFC 6890) in which the host of an MTA-STS policy or of a TLS report may lie; none: public addresses alone.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Port of hosts of MTA-STS policies; another than 443 only in tests (RFC 8461, 3.3).</summary>
    public int PolicyPort { get; init; } = 443;

    /// <summary>Whether domains that ask for reports on TLS get them (RFC 8460).</summary>
    public bool SendsReports { get; init; } = true;

    /// <summary>How long counts of sessions and policies that ended are kept.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(62);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(30);
}
