using System.Net;
using Platform.Storage.Messages;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>One server to try. Its address is pinned: it was looked up and checked once.</summary>
internal sealed record SmtpHost(string Name, IPEndPoint Address, TlsPolicy Tls)
{
    /// <summary>DNSSEC proved that it is a mail host of the domain, and its addresses.</summary>
    public bool IsProven { get; init; }

    /// <summary>Of the domain that mail goes to; null: a route, which says all by <see cref="Tls"/>.</summary>
    public HopPolicy? Policy { get; init; }

    public override string ToString() => $"{Name} [{Address}]";
}

/// <summary>One message to one recipient.</summary>
/// <param name="MailFrom">Reverse-path without brackets; empty for none.</param>
internal sealed record SmtpMail(string MailFrom, string Recipient, string? Notify, string? OriginalRecipient, SmtpParameters Parameters, OutgoingContent Content);

/// <summary>How one server judged one message.</summary>
internal abstract record SmtpOutcome
{
    /// <summary>Null: TLS was not wanted.</summary>
    public TlsFinding? Tls { get; init; }

    /// <param name="DsnPassedOn">The server took over the duty to notify (RFC 3461, 5.2.2).</param>
    public sealed record Accepted(ServerReply Reply, bool DsnPassedOn) : SmtpOutcome;

    /// <summary>Refused with 4xx or 5xx.</summary>
    public sealed record Refused(ServerReply Reply) : SmtpOutcome;

    /// <summary>This server can never take this message, by what it offers.</summary>
    public sealed record Impossible(string Status, string Text) : SmtpOutcome;
}
