using System.Net;
using System.Net.Security;
using Platform.Smtp.Addresses;

namespace Platform.Smtp;

/// <summary>How one listener behaves. Defaults suit a server on the open Internet.</summary>
public sealed record SmtpServerOptions
{
    /// <summary>Name in the greeting and the EHLO reply.</summary>
    public string Hostname { get; init; } = "localhost";

    /// <summary>Octets of a message as transmitted, advertised by SIZE (RFC 1870). Beyond it: 552.</summary>
    public long MaxMessageBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>
    /// Octets of a line of the message with its CRLF. RFC 5321 (4.5.3.1.6) sets 1,000; mail in the field breaks it, so
    /// longer lines are taken up to this bound. Beyond it: 554 5.6.0.
    /// </summary>
    public int MaxLineLength { get; init; } = 64 * 1024;

    /// <summary>Octets of a command line with its CRLF: 512 (RFC 5321, 4.5.3.1.4) and what the extensions add. Beyond it: 500 and close.</summary>
    public int MaxCommandLength { get; init; } = 2_048;

    /// <summary>Accepted recipients of one message (RFC 5321 asks for 100 at least). Beyond it: 452 4.5.3.</summary>
    public int MaxRecipients { get; init; } = 1_000;

    /// <summary>Commands answered 5xx in one session before it is closed with 421.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Commands that move no mail (NOOP, RSET, VRFY, HELP, EHLO, XCLIENT, an empty chunk) between two messages; those beyond count as errors.</summary>
    public int MaxIdleCommands { get; init; } = 100;

    /// <summary>Sessions at once. Beyond it: 421.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>Sessions at once from one IPv4 address or IPv6 /64, after PROXY and XCLIENT. Beyond it: 421.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 50;

    /// <summary>Messages in one session; the next MAIL is answered 421 and the client connects anew.</summary>
    public int MaxMessagesPerConnection { get; init; } = 100_000;

    /// <summary>Time for one command line to arrive, and for replies to be taken (RFC 5321, 4.5.3.2.7: five minutes).</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest pause between two arrivals of message bytes.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest time from MAIL to the last byte of the message, against senders that drip.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time one call of the handler may take; then it is cancelled and 451 is sent. Clients wait ten minutes after the final dot.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time for a TLS handshake, and for a PROXY header to arrive.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause before the greeting. A client that speaks before it (RFC 5321, 3.1 bids it wait) is refused; zero still sees those who were quicker.</summary>
    public TimeSpan GreetingDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Addresses whose connections open with a PROXY header (version 1 or 2). From others a header is refused.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>
    /// True: a connection from <see cref="TrustedProxies"/> without a PROXY header is closed. False: such a connection
    /// that stays silent for <see cref="ProxyGrace"/> is taken as a direct one.
    /// </summary>
    public bool RequireProxyHeader { get; init; } = true;

    /// <inheritdoc cref="RequireProxyHeader"/>
    public TimeSpan ProxyGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Addresses (after PROXY) that may use XCLIENT and are offered it.</summary>
    public IReadOnlyList<IPNetwork> TrustedXclient { get; init; } = [];

    /// <summary>
    /// Certificate and TLS settings for each handshake, so that a renewed certificate needs no restart; null: no TLS.
    /// Protocols are cut down to TLS 1.2 and 1.3. See <see cref="SmtpTls.WithCertificate"/>.
    /// </summary>
    public Func<SslClientHelloInfo, CancellationToken, ValueTask<SslServerAuthenticationOptions>>? Tls { get; init; }

    /// <summary>TLS from the first byte (RFC 8314), as on port 465. Needs <see cref="Tls"/>.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Mail only after STARTTLS; until then MAIL is answered 530. Needs <see cref="Tls"/>.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Checks who logs in by AUTH (RFC 4954), which is offered under TLS alone; null: AUTH is not offered.</summary>
    public ISmtpAuthenticator? Authenticator { get; init; }

    /// <summary>Mail only from who is logged in; until then MAIL is answered 530. Needs <see cref="Authenticator"/>.</summary>
    public bool RequireAuthentication { get; init; }

    /// <summary>Logins that may fail in one session before it is closed with 421.</summary>
    public int MaxFailedLogins { get; init; } = 3;

    /// <summary>Of a line with a token or password in it (RFC 4954, 4: 12,288 octets of base64).</summary>
    internal int MaxLineWithSecret => Authenticator is null ? MaxCommandLength : Math.Max(MaxCommandLength, 12_288 + 64);

    /// <summary>Throws <see cref="ArgumentException"/> with a sentence that names the option that cannot work.</summary>
    internal void Validate()
    {
        if (!HelloName.IsValid(Hostname))
            throw new ArgumentException($"{nameof(Hostname)} must be a host name, not \"{Hostname}\".");
        if ((ImplicitTls || RequireTls) && Tls is null)
            throw new ArgumentException($"{nameof(ImplicitTls)} and {nameof(RequireTls)} need {nameof(Tls)} to be set.");
        if (RequireAuthentication && Authenticator is null)
            throw new ArgumentException($"{nameof(RequireAuthentication)} needs {nameof(Authenticator)} to be set.");
        if (Authenticator is not null && Tls is null)
            throw new ArgumentException($"{nameof(Authenticator)} needs {nameof(Tls)} to be set: no secret is taken in the clear.");
        AtLeast(nameof(MaxFailedLogins), MaxFailedLogins, 1);
        AtLeast(nameof(MaxMessageBytes), MaxMessageBytes, 1);
        AtLeast(nameof(MaxLineLength), MaxLineLength, 1_000);
        AtLeast(nameof(MaxCommandLength), MaxCommandLength, 512);
        AtLeast(nameof(MaxRecipients), MaxRecipients, 1);
        AtLeast(nameof(MaxErrors), MaxErrors, 1);
        AtLeast(nameof(MaxIdleCommands), MaxIdleCommands, 0);
        AtLeast(nameof(MaxConnections), MaxConnections, 1);
        AtLeast(nameof(MaxConnectionsPerAddress), MaxConnectionsPerAddress, 1);
        AtLeast(nameof(MaxMessagesPerConnection), MaxMessagesPerConnection, 1);
        foreach (var (name, time) in new[]
        {
            (nameof(CommandTimeout), CommandTimeout), (nameof(DataTimeout), DataTimeout), (nameof(MessageTimeout), MessageTimeout),
            (nameof(HandlerTimeout), HandlerTimeout), (nameof(HandshakeTimeout), HandshakeTimeout), (nameof(ProxyGrace), ProxyGrace),
        })
            if (time <= TimeSpan.Zero)
                throw new ArgumentException($"{name} must be longer than nothing.");
        if (GreetingDelay < TimeSpan.Zero)
            throw new ArgumentException($"{nameof(GreetingDelay)} cannot be negative.");
    }

    private static void AtLeast(string name, long value, long least)
    {
        if (value < least)
            throw new ArgumentException($"{name} must be at least {least}, not {value}.");
    }
}
