using System.Net;

namespace Platform.Engine.Authentication.Spf;

/// <summary>What a client said and where it came from: the arguments of check_host() (RFC 7208, 4.1).</summary>
/// <param name="ClientAddress">Of the client; an IPv4-mapped IPv6 address counts as IPv4 (RFC 7208, 5).</param>
/// <param name="Helo">Argument of HELO or EHLO as given (RFC 7208, 2.3); may be anything.</param>
/// <param name="MailFrom">The reverse-path without its brackets (RFC 7208, 2.4); empty for a null reverse-path, and to check HELO alone.</param>
public sealed record SpfQuery(IPAddress ClientAddress, string Helo, string MailFrom)
{
    /// <summary>Host name of the receiver, for the macro <c>r</c> (RFC 7208, 7.3).</summary>
    public string Receiver { get; init; } = "unknown";
}

/// <summary>Which name of the client was checked (RFC 7208, 2.3, 2.4).</summary>
public enum SpfIdentity
{
    /// <summary>The domain of the reverse-path (RFC 7208, 2.4).</summary>
    MailFrom,

    /// <summary>The name given in HELO or EHLO (RFC 7208, 2.3).</summary>
    Helo,
}
