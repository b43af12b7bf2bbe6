using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Smtp.Addresses;

namespace Platform.Smtp;

/// <summary>The <c>Received:</c> field that a server puts before a message it took (RFC 5321, 4.4; TLS clause RFC 8314, 4.3).</summary>
public static class TraceHeader
{
    /// <summary>
    /// Builds the field with its CRLF, folded. All text in it was checked for syntax; a HELO that a relay passed on and
    /// that is no name is left out.
    /// </summary>
    /// <param name="by">Host name of this server.</param>
    /// <param name="id">Queue id of the message, one word; null leaves it out.</param>
    /// <param name="forAddress">
    /// The recipient this copy is for. Null names the only recipient of the transaction, and nobody when there are several:
    /// a list would show blind copies (RFC 5321, 7.2).
    /// </param>
    public static string Received(SmtpPeer peer, SmtpTransaction transaction, string by, DateTimeOffset received, string? id = null, string? forAddress = null)
    {
        var field = new StringBuilder(256);
        var helo = peer.Helo is { } name && HelloName.IsValid(name) ? name : "unknown";
        var client = peer.ClientName is { } known && HelloName.IsValid(known) ? known + " " : "";
        field.Append("Received: from ").Append(helo).Append(" (").Append(client).Append(Literal(peer.RemoteAddress)).Append(')');
        field.Append("\r\n\tby ").Append(by).Append(" with ").Append(ProtocolOf(peer, transaction));
        if (id is not null)
            field.Append(" id ").Append(id);
        if (peer.Tls is { } tls)
            field.Append("\r\n\ttls ").Append(tls.CipherSuite);
        forAddress ??= transaction.Recipients is [var only] ? only.Address : null;
        if (forAddress is not null)
            field.Append("\r\n\tfor <").Append(forAddress).Append('>');
        field.Append(";\r\n\t").Append(Date(received)).Append("\r\n");
        return field.ToString();
    }

    private static string Literal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";

    /// <summary>RFC 6531, 4.3 has names of its own for transactions with SMTPUTF8.</summary>
    private static string ProtocolOf(SmtpPeer peer, SmtpTransaction transaction) =>
        transaction.Mail.SmtpUtf8 && peer.IsExtended ? string.Concat("UTF8SMTP", peer.Protocol.AsSpan("ESMTP".Length)) : peer.Protocol;

    private static string Date(DateTimeOffset time) =>
        time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
