namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Asks DNS (RFC 1034, 3.7; RFC 1035). Follows CNAME. Never throws for what a server answers or fails to: that is the
/// <see cref="DnsAnswer.Status"/>. Throws only <see cref="OperationCanceledException"/>.
/// </summary>
public interface IDnsResolver
{
    /// <param name="name">A name in A-label form, with or without the last dot; one that cannot be a name (RFC 1035, 2.3.4) gives <see cref="DnsStatus.NoDomain"/>.</param>
    ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken);
}

/// <summary>Types by their number (RFC 1035, 3.2.2, where Reverse is PTR; AAAA RFC 3596, 2.1; TLSA RFC 6698, 7.1; CAA RFC 8659, 4.1).</summary>
public enum DnsType
{
    /// <summary>Host address: RFC 1035, 3.4.1.</summary>
    A = 1,

    /// <summary>Name server: RFC 1035, 3.3.11.</summary>
    Ns = 2,

    /// <summary>Alias: RFC 1035, 3.3.1.</summary>
    Cname = 5,

    /// <summary>Start of a zone of authority: RFC 1035, 3.3.13.</summary>
    Soa = 6,

    /// <summary>PTR, the name of an address: RFC 1035, 3.3.12.</summary>
    Reverse = 12,

    /// <summary>Mail exchanger: RFC 1035, 3.3.9.</summary>
    Mx = 15,

    /// <summary>Text: RFC 1035, 3.3.14.</summary>
    Txt = 16,

    /// <summary>IPv6 address: RFC 3596, 2.2.</summary>
    Aaaa = 28,

    /// <summary>Certificate of a service: RFC 6698, 2.1.</summary>
    Tlsa = 52,

    /// <summary>Who may issue certificates: RFC 8659, 4.</summary>
    Caa = 257,
}

/// <summary>How a question ended; told apart because the standards do (RFC 7208, 2.6.6; RFC 9989, 4.8).</summary>
public enum DnsStatus
{
    /// <summary>There is at least one record of the type (RFC 1034, 3.7).</summary>
    Found,

    /// <summary>The name exists without the type (RFC 2308, 2.2).</summary>
    NoData,

    /// <summary>The name does not exist: NXDOMAIN (RFC 2308, 2.1).</summary>
    NoDomain,

    /// <summary>SERVFAIL, REFUSED or an answer that cannot be read (RFC 1035, 4.1.1).</summary>
    ServerFailure,

    /// <summary>No server answered in time (RFC 1035, 7.2).</summary>
    TimedOut,

    /// <summary>Not asked: the message had used up its questions or its time, or there is no resolver (RFC 7208, 4.6.4).</summary>
    NotAsked,
}
