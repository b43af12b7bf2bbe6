using Platform.Smtp.Authentication;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Sessions;

/// <summary>The extensions on offer, as EHLO lists them (RFC 5321, 4.1.1.1).</summary>
internal static class EhloReply
{
    public static SmtpReply For(SmtpServerOptions options, TlsInfo? tls, bool isTrustedForXclient)
    {
        List<string> lines =
        [
            options.Hostname,
            "PIPELINING",
            $"SIZE {options.MaxMessageBytes}",
            "8BITMIME",
            "SMTPUTF8",
            "CHUNKING",
            "DSN",
            "ENHANCEDSTATUSCODES",
        ];
        if (options.Tls is not null && tls is null)
            lines.Add("STARTTLS");
        if (tls is not null && options.Authenticator is not null)
            lines.Add($"AUTH {string.Join(' ', Mechanisms.Offered(tls.EndPointBinding))}");
        if (isTrustedForXclient)
            lines.Add($"XCLIENT {XclientCommand.Attributes}");
        return new SmtpReply(250, null, lines);
    }
}
