using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Bounces;

/// <summary>The way to the outside, which our own notices and mail of tenants' people take: by the smart host if one is set, else by MX (RFC 5321, 5.1).</summary>
internal interface IBounceSender
{
    /// <summary>Servers to try, in order.</summary>
    Task<OutsideHosts> FindAsync(string recipientDomain, CancellationToken cancellationToken);
}

internal abstract record OutsideHosts
{
    /// <param name="Hosts">One at least.</param>
    public sealed record Found(IReadOnlyList<SmtpHost> Hosts) : OutsideHosts
    {
        /// <summary>The smart host, whose TLS the operator has set.</summary>
        public bool AreOperators { get; init; }
    }

    /// <summary>The domain takes no mail.</summary>
    public sealed record Never(string Status, string Text) : OutsideHosts;

    /// <summary>Not now.</summary>
    public sealed record Later(string Status, string Text) : OutsideHosts;
}
