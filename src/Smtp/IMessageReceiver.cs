namespace Platform.Smtp;

/// <summary>
/// Takes one message as it streams in. Disposed without a <see cref="CompleteAsync"/> that answered 2xx, nothing was
/// accepted: the client left, the message broke a rule, or a limit was reached.
/// </summary>
public interface IMessageReceiver : IAsyncDisposable
{
    /// <summary>
    /// The next bytes of the message: dots unstuffed, lines ended by CRLF alone. The memory is only valid until the
    /// returned task completes. Throw <see cref="SmtpRefusedException"/> to refuse the message; the rest of it is
    /// discarded and that reply sent.
    /// </summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The message is whole. The reply is the final one: 2xx takes over responsibility for it (RFC 5321, 6.1).</summary>
    ValueTask<SmtpReply> CompleteAsync(CancellationToken cancellationToken);
}
