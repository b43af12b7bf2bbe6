namespace Platform.Smtp;

/// <summary>One reply, of one or more lines (RFC 5321, 4.2; enhanced status RFC 2034 and RFC 3463).</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="EnhancedStatus">Such as <c>5.1.1</c>; null where RFC 2034 has none (greeting, EHLO, 354).</param>
/// <param name="Lines">
/// Text of each line without code and status. Octets that are not printable ASCII are sent as <c>?</c>, and a line is
/// cut at 512 octets with its end, so that text of outside origin cannot forge a reply.
/// </param>
public sealed record SmtpReply(int Code, string? EnhancedStatus, params IReadOnlyList<string> Lines)
{
    public int Code { get; } = Code is >= 200 and <= 599 ? Code : throw new ArgumentOutOfRangeException(nameof(Code), Code, "A reply code lies between 200 and 599.");

    /// <summary>2xx.</summary>
    public bool IsSuccess => Code is >= 200 and < 300;

    /// <summary>5xx: the client must not try again.</summary>
    public bool IsPermanentFailure => Code >= 500;

    public static SmtpReply Ok { get; } = new(250, "2.0.0", "OK");
    public static SmtpReply SenderAccepted { get; } = new(250, "2.1.0", "Sender OK");
    public static SmtpReply RecipientAccepted { get; } = new(250, "2.1.5", "Recipient OK");
    public static SmtpReply ServiceClosing { get; } = new(421, "4.3.2", "Service shutting down, try again later");
    public static SmtpReply TooManyConnections { get; } = new(421, "4.7.0", "Too many connections, try again later");
    public static SmtpReply LocalError { get; } = new(451, "4.3.0", "Local error in processing, try again later");
    public static SmtpReply StorageFull { get; } = new(452, "4.3.1", "Insufficient system storage, try again later");
    public static SmtpReply TooManyRecipients { get; } = new(452, "4.5.3", "Too many recipients");
    public static SmtpReply AuthenticationRequired { get; } = new(530, "5.7.0", "Authentication required");
    public static SmtpReply CredentialsInvalid { get; } = new(535, "5.7.8", "Authentication credentials invalid");
    public static SmtpReply MailboxUnknown { get; } = new(550, "5.1.1", "No such mailbox here");
    public static SmtpReply RelayDenied { get; } = new(550, "5.7.1", "Relaying denied");
    public static SmtpReply PolicyRejected { get; } = new(550, "5.7.1", "Message refused by policy");
    public static SmtpReply MessageTooLarge { get; } = new(552, "5.3.4", "Message exceeds the size limit");

    public override string ToString() => $"{Code} {EnhancedStatus} {string.Join(" / ", Lines)}";
}
