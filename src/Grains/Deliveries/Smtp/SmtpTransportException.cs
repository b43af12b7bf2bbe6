namespace Platform.Grains.Deliveries.Smtp;

/// <summary>This host did not get as far as judging the message: no connection, a broken one, no TLS, nonsense. Another host or another time may do.</summary>
/// <param name="status">Enhanced status code of class 4.</param>
internal sealed class SmtpTransportException(string status, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Status { get; } = status;

    public ServerReply? Reply { get; init; }

    /// <summary>Null: it did not get as far.</summary>
    public TlsFinding? Tls { get; init; }
}

/// <summary>STARTTLS was offered but the handshake failed; nothing of the mail was sent.</summary>
internal sealed class TlsHandshakeException(string message, Exception inner) : Exception(message, inner)
{
    public TlsFault Fault { get; init; } = new(Engine.Transport.TlsResult.ValidationFailure, message);
}

/// <summary>Content that SMTP cannot carry unchanged: a bare CR or a bare LF, which a next hop might read as the end of the message.</summary>
internal sealed class UnsendableContentException() : Exception("The content has a bare CR or a bare LF.");
