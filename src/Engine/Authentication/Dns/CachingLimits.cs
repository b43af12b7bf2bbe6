namespace Platform.Engine.Authentication.Dns;

/// <summary>How long and how much a <see cref="CachingResolver"/> keeps (RFC 1035, 7.4; RFC 2308, 5).</summary>
public sealed record CachingLimits
{
    /// <summary>Answers with a shorter time to live are kept this long (RFC 1035, 3.2.1): one mail asks the same several times.</summary>
    public TimeSpan MinTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longer ones no longer than this (RFC 2181, 8): a change of a key or policy is seen the same hour.</summary>
    public TimeSpan MaxTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>That there is nothing is kept no longer than this (RFC 2308, 5).</summary>
    public TimeSpan MaxNegativeTtl { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures, and negative answers that give no time, are kept this long (RFC 2308, 7: five minutes at most).</summary>
    public TimeSpan FailureTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Memory for answers in octets, roughly; the least recently used go first (RFC 1035, 7.4).</summary>
    public long MaxOctets { get; init; } = 32 * 1024 * 1024;
}
