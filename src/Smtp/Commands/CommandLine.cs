using System.Text;

namespace Platform.Smtp.Commands;

internal enum SmtpVerb
{
    Unknown,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Expn,
    Help,
    StartTls,
    Xclient,
    Auth,

    /// <summary>Known to the protocol and not offered: ETRN, TURN, SEND, SOML, SAML.</summary>
    NotOffered,

    /// <summary>Another protocol on this port: an HTTP request, a TLS hello, binary noise.</summary>
    Foreign,
}

/// <summary>A command line cut into its verb and the rest (RFC 5321, 4.1.1; verbs in any case).</summary>
internal readonly ref struct CommandLine
{
    private CommandLine(SmtpVerb verb, ReadOnlySpan<byte> arguments)
    {
        Verb = verb;
        Arguments = arguments;
    }

    public SmtpVerb Verb { get; }

    /// <summary>Without white space at either end (RFC 5321, 4.1.1 has servers tolerate it at the end).</summary>
    public ReadOnlySpan<byte> Arguments { get; }

    public static CommandLine Parse(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? line : line[..end];
        var arguments = end < 0 ? default : line[end..].Trim(" \t"u8);
        return new CommandLine(VerbOf(word), arguments);
    }

    private static SmtpVerb VerbOf(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
            return SmtpVerb.Unknown;
        if (!char.IsAsciiLetter((char)word[0]))
            return SmtpVerb.Foreign;
        if (word.Length > 8)
            return SmtpVerb.Unknown;
        Span<byte> upper = stackalloc byte[word.Length];
        Ascii.ToUpper(word, upper, out _);
        return upper switch
        {
            _ when upper.SequenceEqual("MAIL"u8) => SmtpVerb.Mail,
            _ when upper.SequenceEqual("RCPT"u8) => SmtpVerb.Rcpt,
            _ when upper.SequenceEqual("DATA"u8) => SmtpVerb.Data,
            _ when upper.SequenceEqual("BDAT"u8) => SmtpVerb.Bdat,
            _ when upper.SequenceEqual("EHLO"u8) => SmtpVerb.Ehlo,
            _ when upper.SequenceEqual("HELO"u8) => SmtpVerb.Helo,
            _ when upper.SequenceEqual("RSET"u8) => SmtpVerb.Rset,
            _ when upper.SequenceEqual("NOOP"u8) => SmtpVerb.Noop,
            _ when upper.SequenceEqual("QUIT"u8) => SmtpVerb.Quit,
            _ when upper.SequenceEqual("VRFY"u8) => SmtpVerb.Vrfy,
            _ when upper.SequenceEqual("EXPN"u8) => SmtpVerb.Expn,
            _ when upper.SequenceEqual("HELP"u8) => SmtpVerb.Help,
            _ when upper.SequenceEqual("STARTTLS"u8) => SmtpVerb.StartTls,
            _ when upper.SequenceEqual("XCLIENT"u8) => SmtpVerb.Xclient,
            _ when upper.SequenceEqual("AUTH"u8) => SmtpVerb.Auth,
            _ when IsOneOf(upper, "ETRN"u8, "TURN"u8, "ATRN"u8, "SEND"u8, "SOML"u8, "SAML"u8) => SmtpVerb.NotOffered,
            _ when IsOneOf(upper, "GET"u8, "POST"u8, "PUT"u8, "HEAD"u8, "CONNECT"u8, "OPTIONS"u8) => SmtpVerb.Foreign,
            _ when IsOneOf(upper, "DELETE"u8, "PATCH"u8, "TRACE"u8, "PRI"u8, "PROXY"u8, "PROPFIND"u8) => SmtpVerb.Foreign,
            _ => SmtpVerb.Unknown,
        };
    }

    private static bool IsOneOf(ReadOnlySpan<byte> word, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, ReadOnlySpan<byte> e, ReadOnlySpan<byte> f) =>
        word.SequenceEqual(a) || word.SequenceEqual(b) || word.SequenceEqual(c) || word.SequenceEqual(d) || word.SequenceEqual(e) || word.SequenceEqual(f);
}
