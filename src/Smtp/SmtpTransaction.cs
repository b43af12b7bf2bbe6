namespace Platform.Smtp;

/// <param name="Recipients">Those accepted so far; grows while the client names more, and is final at DATA.</param>
public sealed record SmtpTransaction(MailCommand Mail, IReadOnlyList<RecipientCommand> Recipients);

/// <summary>A MAIL command that parsed (RFC 5321, 4.1.1.2).</summary>
/// <param name="ReversePath">Address without brackets and source route; empty for the null reverse-path.</param>
public sealed record MailCommand(string ReversePath)
{
    /// <summary>Octets the client means to send (RFC 1870); null when it did not say.</summary>
    public long? Size { get; init; }

    public MailBody Body { get; init; }

    /// <summary>The client asked for RFC 6531: addresses and header fields may hold UTF-8.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>What a bounce should return (RFC 3461, RET); null when not asked.</summary>
    public DsnReturn? Ret { get; init; }

    /// <summary>Envelope id of the sender (RFC 3461), decoded, at most 100 printable characters; hostile text.</summary>
    public string? EnvId { get; init; }

    /// <summary>Original submitter (RFC 4954, AUTH=), decoded; empty for <c>&lt;&gt;</c>, null when not given. Not vouched for by anyone.</summary>
    public string? Auth { get; init; }
}

/// <summary>A RCPT command that parsed (RFC 5321, 4.1.1.3).</summary>
/// <param name="Address">As to be written in an envelope: local-part quoted where it must be; <c>postmaster</c> alone has no domain.</param>
/// <param name="LocalPart">Without quoting; case kept.</param>
/// <param name="Domain">Lower case, U-labels as A-labels; an address literal keeps its brackets; empty for <c>postmaster</c> alone.</param>
public sealed record RecipientCommand(string Address, string LocalPart, string Domain)
{
    /// <summary>When to send a report (RFC 3461, NOTIFY); null when not asked.</summary>
    public DsnNotify? Notify { get; init; }

    /// <summary>Recipient as first named (RFC 3461, ORCPT); null when not given.</summary>
    public OriginalRecipient? Orcpt { get; init; }
}

/// <param name="AddressType"><c>rfc822</c>, <c>utf-8</c> or another registered type, as the client wrote it.</param>
/// <param name="Address">Decoded; hostile text.</param>
public sealed record OriginalRecipient(string AddressType, string Address);

public enum MailBody
{
    /// <summary>No BODY parameter, or BODY=7BIT. Eight-bit content is taken all the same.</summary>
    SevenBit,

    /// <summary>BODY=8BITMIME (RFC 6152).</summary>
    EightBitMime,
}

public enum DsnReturn
{
    Full,
    Headers,
}

[Flags]
public enum DsnNotify
{
    /// <summary>NOTIFY=NEVER.</summary>
    Never = 0,
    Success = 1,
    Failure = 2,
    Delay = 4,
}
