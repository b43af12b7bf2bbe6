namespace Platform.Benchmarks.Load;

/// <summary>One mail to send, and what is expected to become of it.</summary>
/// <param name="Id">The Message-ID without angle brackets: by it the mail is found again everywhere.</param>
/// <param name="Bytes">The message, CRLF lines, as the recipient must get it.</param>
/// <param name="Hostile">True when the platform must stop it.</param>
internal sealed record OutgoingMail(string Id, string From, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Bytes, bool Hostile)
{
    /// <summary>The mail on the wire: dot-stuffed, with the final dot.</summary>
    public ReadOnlyMemory<byte> Wire { get; } = SmtpWire.Stuff(Bytes.Span);

    /// <summary>MAIL, all RCPT and DATA, as one pipelined group (RFC 2920).</summary>
    public string Envelope(bool eightBit) =>
        $"MAIL FROM:<{From}>{(eightBit ? " BODY=8BITMIME" : "")}\r\n{string.Concat(Recipients.Select(r => $"RCPT TO:<{r}>\r\n"))}DATA\r\n";
}

/// <summary>How one attempt to send one mail ended.</summary>
internal enum SendOutcome
{
    /// <summary>A positive reply after the final dot: the server has taken responsibility.</summary>
    Accepted,

    /// <summary>A negative reply at any step: the server has not taken it, and said so.</summary>
    Refused,

    /// <summary>The connection went before any byte of the mail's data was sent: the server cannot have it.</summary>
    NotSent,

    /// <summary>The connection went after data was sent and before a reply: by RFC 5321 the client must send it again, and a double may come of it.</summary>
    NoReply,
}

/// <summary>One attempt, with the reply if there was one and the moments by the monotonic clock (timestamps).</summary>
internal sealed record SendRecord(OutgoingMail Mail, SendOutcome Outcome, int Code, string Text, long StartedAt, long EndedAt);
