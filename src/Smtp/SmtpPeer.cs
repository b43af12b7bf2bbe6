using System.Net;

namespace Platform.Smtp;

/// <summary>The other side of a session, as far as it is known. Replaced as the session learns more, never changed.</summary>
public sealed record SmtpPeer
{
    /// <summary>Unique among the sessions of this process; safe to log.</summary>
    public required string SessionId { get; init; }

    /// <summary>When the session began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The client's address after PROXY and XCLIENT; IPv4-mapped addresses are given as IPv4.</summary>
    public required IPAddress RemoteAddress { get; init; }

    /// <summary>The client's port after PROXY and XCLIENT; 0 when unknown.</summary>
    public int RemotePort { get; init; }

    /// <summary>The address at the other end of the socket: the proxy's, where there is one.</summary>
    public required IPAddress ConnectionAddress { get; init; }

    /// <summary>The address the client connected to, after PROXY and XCLIENT; null when unknown.</summary>
    public IPEndPoint? LocalEndPoint { get; init; }

    /// <summary>Host name of the client as a trusted peer tells it (XCLIENT NAME); null when none did.</summary>
    public string? ClientName { get; init; }

    /// <summary>Argument of HELO or EHLO (or XCLIENT HELO), checked for syntax only; null before it is given.</summary>
    public string? Helo { get; init; }

    /// <summary>EHLO was spoken, or a trusted peer says so (XCLIENT PROTO).</summary>
    public bool IsExtended { get; init; }

    /// <summary>Null while the session is in the clear.</summary>
    public TlsInfo? Tls { get; init; }

    /// <summary>Login name by AUTH, or one that a trusted peer vouches for (XCLIENT LOGIN); null when there is none.</summary>
    public string? Login { get; init; }

    /// <summary>Who proved it to this very session by AUTH; null: nobody did.</summary>
    public SmtpLogin? Authenticated { get; init; }

    /// <summary>Protocol name for trace fields (RFC 3848): <c>SMTP</c>, <c>ESMTP</c>, <c>ESMTPS</c>, <c>ESMTPA</c>, <c>ESMTPSA</c>.</summary>
    public string Protocol => (IsExtended, Tls, Login) switch
    {
        (false, _, _) => "SMTP",
        (true, null, null) => "ESMTP",
        (true, not null, null) => "ESMTPS",
        (true, null, not null) => "ESMTPA",
        (true, not null, not null) => "ESMTPSA",
    };
}

/// <param name="Version"><c>TLSv1.2</c> or <c>TLSv1.3</c>.</param>
/// <param name="CipherSuite">IANA name, <c>TLS_AES_256_GCM_SHA384</c>.</param>
/// <param name="ServerName">Name the client asked for (SNI), hostile text; null when it sent none.</param>
public sealed record TlsInfo(string Version, string CipherSuite, string? ServerName)
{
    /// <summary>SHA-256 of the client's certificate in lower-case hex: the client holds its key, and nothing else is proven. Null: it showed none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>What binds a login to this server's certificate (<c>tls-server-end-point</c>, RFC 5929, 4.1); null where its signature names no hash.</summary>
    internal byte[]? EndPointBinding { get; init; }
}
