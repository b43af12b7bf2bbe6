namespace Platform.Grains.Push.Syslog;

public sealed record SyslogSettings
{
    /// <summary>The HOSTNAME of messages (RFC 5424, 6.2.4).</summary>
    public string Hostname { get; init; } = "localhost";

    /// <summary>Connections that one process holds at a time.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>Renewed while a connection stands; a target that a killed process held is taken over after it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is renewed, and what has arrived is noted.</summary>
    public TimeSpan KeepEvery { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Events of the feed looked at a time.</summary>
    public int Page { get; init; } = 200;

    /// <summary>For connection and TLS.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one writing may take.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long without the receiver's TCP confirming data the connection breaks; what is older has arrived.</summary>
    public TimeSpan Unconfirmed { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Wait after the first connection that failed; it doubles.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);
}
