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
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Reverse = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Tlsa = 52,
    Caa = 257,
}

/// <summary>How a question ended; told apart because the standards do (RFC 7208, 2.6.6; RFC 9989, 4.8).</summary>
public enum DnsStatus
{
    /// <summary>There is at least one record of the type.</summary>
    Found,

    /// <summary>The name exists without the type (RFC 2308, 2.2).</summary>
    NoData,

    /// <summary>The name does not exist: NXDOMAIN (RFC 2308, 2.1).</summary>
    NoDomain,

    /// <summary>SERVFAIL, REFUSED or an answer that cannot be read (RFC 1035, 4.1.1).</summary>
    ServerFailure,

    /// <summary>No server answered in time (RFC 1035, 7.2).</summary>
    TimedOut,

    /// <summary>Not asked: the message had used up its questions or its time, or there is no resolver.</summary>
    NotAsked,
}
