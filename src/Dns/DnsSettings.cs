using System.Net;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns;

/// <summary>How DNS is asked. The defaults suit one machine with a resolver near it.</summary>
public sealed record DnsSettings
{
    private const int DefaultPort = 53;

    /// <summary>Recursive resolvers, tried in order; none: those of the system.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [];

    /// <summary>
    /// The resolvers validate DNSSEC and nobody sits between them and us, so that their AD bit is believed (RFC 6840, 5.7; RFC 7672, 2.1.1).
    /// Without it no answer counts as authentic.
    /// </summary>
    public bool IsValidating { get; init; }

    /// <summary>For one attempt at one server.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Further attempts at a server that does not answer.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>For one question with all attempts and aliases.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Questions under way at a time in this process.</summary>
    public int Concurrency { get; init; } = 200;

    /// <summary>How long a question waits for its turn.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(5);

    public CachingLimits Cache { get; init; } = new();

    /// <summary>When it is taken that nobody answers, and no message waits for it any more.</summary>
    public OutageLimits Outage { get; init; } = new();

    /// <summary>Reads <c>address</c> or <c>address:port</c>, an IPv6 address with a port in brackets.</summary>
    public static bool TryParseServer(string text, out IPEndPoint server)
    {
        var isServer = IPEndPoint.TryParse(text, out var parsed);
        server = isServer && parsed is not null ? parsed.Port == 0 ? new IPEndPoint(parsed.Address, DefaultPort) : parsed : new IPEndPoint(IPAddress.None, 0);
        return isServer;
    }
}
