namespace Platform.Engine.Authentication.Dns;

/// <param name="Status">How the question ended (RFC 1035, 4.1.1; RFC 2308, 2).</param>
/// <param name="Records">Of the type asked for (RFC 1035, 4.1.3), in the order of the answer; empty unless <see cref="DnsStatus.Found"/>.</param>
/// <param name="Ttl">How long the answer may be kept (RFC 1035, 3.2.1; negative: RFC 2308, 5).</param>
/// <param name="IsAuthenticated">A validating resolver vouches for it: the AD bit (RFC 4035, 3.2.3).</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<DnsRecord> Records, TimeSpan Ttl = default, bool IsAuthenticated = false)
{
    /// <summary>No question was put; temporary (RFC 7208, 2.6.6).</summary>
    public static DnsAnswer NotAsked { get; } = new(DnsStatus.NotAsked, []);

    /// <summary>There is no answer now and may be one later: SERVFAIL, time-out or not asked (RFC 7208, 2.6.6).</summary>
    public bool IsTemporary => Status is DnsStatus.ServerFailure or DnsStatus.TimedOut or DnsStatus.NotAsked;

    /// <summary>The name has no such record: NODATA or NXDOMAIN, the void look-up of RFC 7208, 4.6.4.</summary>
    public bool IsVoid => Status is DnsStatus.NoData or DnsStatus.NoDomain;
}
