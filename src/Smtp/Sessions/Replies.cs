using Platform.Smtp.Addresses;
using Platform.Smtp.Messages;

namespace Platform.Smtp.Sessions;

/// <summary>What the protocol itself answers (RFC 5321, 4.2 and 4.3.2; enhanced codes RFC 3463). Policy answers come from the handler.</summary>
internal static class Replies
{
    public static SmtpReply Reset { get; } = new(250, "2.0.0", "Reset");
    public static SmtpReply CannotVerify { get; } = new(252, "2.5.0", "Cannot verify a user, but will take a message and try to deliver it");
    public static SmtpReply Help { get; } = new(214, "2.0.0", "Commands: EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS AUTH", "See RFC 5321");
    public static SmtpReply StartData { get; } = new(354, null, "End data with <CR><LF>.<CR><LF>");
    public static SmtpReply ReadyForTls { get; } = new(220, "2.0.0", "Ready to start TLS");
    public static SmtpReply Goodbye { get; } = new(221, "2.0.0", "Goodbye");

    public static SmtpReply TimedOut { get; } = new(421, "4.4.2", "Timed out waiting for the client");
    public static SmtpReply TooManyErrors { get; } = new(421, "4.7.0", "Too many errors");
    public static SmtpReply TooManyMessages { get; } = new(421, "4.7.0", "Enough messages in this session, connect again");
    public static SmtpReply TlsUnavailable { get; } = new(454, "4.7.0", "TLS not available due to a temporary reason");

    public static SmtpReply LoggedIn { get; } = new(235, "2.7.0", "Authentication successful");
    public static SmtpReply AlreadyLoggedIn { get; } = new(503, "5.5.1", "Already authenticated");
    public static SmtpReply MechanismUnknown { get; } = new(504, "5.5.4", "This authentication mechanism is not offered");
    public static SmtpReply AuthCancelled { get; } = new(501, "5.7.0", "Authentication cancelled");
    public static SmtpReply AuthNotBase64 { get; } = new(501, "5.5.2", "This is not base64");
    public static SmtpReply LoginUnavailable { get; } = new(454, "4.7.0", "Temporary authentication failure, try again later");
    public static SmtpReply TooManyLogins { get; } = new(421, "4.7.0", "Too many failed logins");

    public static SmtpReply CommandUnknown { get; } = new(500, "5.5.2", "Command not recognised");
    public static SmtpReply CommandTooLong { get; } = new(500, "5.5.2", "Line too long");
    public static SmtpReply ArgumentNeeded { get; } = new(501, "5.5.4", "Argument needed");
    public static SmtpReply NoArgument { get; } = new(501, "5.5.4", "This command takes no argument");
    public static SmtpReply HelloSyntax { get; } = new(501, "5.5.4", "Name of the client needed: a domain or an address literal");
    public static SmtpReply MailSyntax { get; } = new(501, "5.5.4", "Syntax: MAIL FROM:<address> [parameters]");
    public static SmtpReply RcptSyntax { get; } = new(501, "5.5.4", "Syntax: RCPT TO:<address> [parameters]");
    public static SmtpReply BdatSyntax { get; } = new(501, "5.5.4", "Syntax: BDAT size [LAST]; closing, since what follows cannot be told from commands");
    public static SmtpReply XclientSyntax { get; } = new(501, "5.5.4", "Syntax: XCLIENT attribute=value ...");
    public static SmtpReply BadParameter { get; } = new(501, "5.5.4", "Bad parameter value");
    public static SmtpReply RepeatedParameter { get; } = new(501, "5.5.4", "Parameter given twice");
    public static SmtpReply BadSender { get; } = new(501, "5.1.7", "Bad sender address syntax");
    public static SmtpReply BadRecipient { get; } = new(501, "5.1.3", "Bad recipient address syntax");
    public static SmtpReply NotOffered { get; } = new(502, "5.5.1", "Command not implemented");
    public static SmtpReply HelloFirst { get; } = new(503, "5.5.1", "Say EHLO or HELO first");
    public static SmtpReply MailFirst { get; } = new(503, "5.5.1", "MAIL needed first");
    public static SmtpReply RcptFirst { get; } = new(503, "5.5.1", "RCPT needed first");
    public static SmtpReply NestedMail { get; } = new(503, "5.5.1", "Sender already given");
    public static SmtpReply MessageBegun { get; } = new(503, "5.5.1", "A message sent by BDAT is under way");
    public static SmtpReply AlreadyTls { get; } = new(503, "5.5.1", "TLS already active");
    public static SmtpReply InTransaction { get; } = new(503, "5.5.1", "Not allowed within a mail transaction");
    public static SmtpReply TlsNeeded { get; } = new(530, "5.7.0", "Must issue a STARTTLS command first");
    public static SmtpReply XclientDenied { get; } = new(550, "5.7.0", "XCLIENT is not for you");
    public static SmtpReply NeedsSmtpUtf8 { get; } = new(553, "5.6.7", "Address beyond ASCII needs SMTPUTF8");
    public static SmtpReply NoValidRecipients { get; } = new(554, "5.5.1", "No valid recipients");
    public static SmtpReply EarlyTalker { get; } = new(554, "5.5.1", "Client spoke before the greeting");
    public static SmtpReply ForeignProtocol { get; } = new(554, "5.5.1", "This is an SMTP server");
    public static SmtpReply BehindStartTls { get; } = new(554, "5.5.1", "Input behind STARTTLS in the clear");
    public static SmtpReply UnknownParameter { get; } = new(555, "5.5.4", "Parameter not recognised or not implemented");

    public static SmtpReply Greeting(string hostname) => new(220, null, $"{hostname} ESMTP");

    public static SmtpReply ChunkTaken(long octets) => new(250, "2.0.0", $"{octets} octets received");

    public static SmtpReply ForPath(PathError error, PathKind kind) => (error, kind) switch
    {
        (PathError.LocalPartTooLong, PathKind.Reverse) => new(501, "5.1.7", "Local-part of the sender too long"),
        (PathError.LocalPartTooLong, _) => new(501, "5.1.3", "Local-part of the recipient too long"),
        (PathError.DomainTooLong, PathKind.Reverse) => new(501, "5.1.7", "Domain of the sender too long"),
        (PathError.DomainTooLong, _) => new(501, "5.1.3", "Domain of the recipient too long"),
        (PathError.TooLong, PathKind.Reverse) => new(501, "5.1.7", "Sender address too long"),
        (PathError.TooLong, _) => new(501, "5.1.3", "Recipient address too long"),
        (_, PathKind.Reverse) => BadSender,
        _ => BadRecipient,
    };

    /// <summary>A command line that broke the line rule: the session ends, since the two sides no longer agree where lines end.</summary>
    public static SmtpReply ForCommandLine(LineFault fault) => fault switch
    {
        LineFault.BareCr => new(521, "5.5.2", "Bare CR in a command line"),
        LineFault.BareLf => new(521, "5.5.2", "Bare LF in a command line"),
        LineFault.Nul => new(521, "5.5.2", "NUL in a command line"),
        _ => CommandTooLong,
    };

    /// <summary>A message that broke the line rule.</summary>
    public static SmtpReply ForMessage(LineFault fault) => fault switch
    {
        LineFault.BareCr => new(550, "5.6.0", "Message refused: CR without LF"),
        LineFault.BareLf => new(550, "5.6.0", "Message refused: LF without CR"),
        LineFault.Nul => new(550, "5.6.0", "Message refused: NUL octet"),
        _ => new(554, "5.6.0", "Message refused: line too long"),
    };
}
