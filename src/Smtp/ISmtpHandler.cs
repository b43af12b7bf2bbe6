namespace Platform.Smtp;

/// <summary>
/// The host's side of an SMTP session: who may speak, for whom, and where the message goes. One instance serves all
/// sessions of a listener at once. An exception other than <see cref="SmtpRefusedException"/> answers
/// <c>451 4.3.0</c>: a fault of ours is never a permanent refusal.
/// </summary>
public interface ISmtpHandler
{
    /// <summary>
    /// Called before the greeting, and again when XCLIENT has given the session another client. Null goes on with the greeting; a reply is sent in its place and the connection is closed.
    /// </summary>
    ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken);

    /// <summary>Accepts the sender with a 2xx reply (<see cref="SmtpReply.SenderAccepted"/>) or refuses it.</summary>
    ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts one recipient with a 2xx reply (<see cref="SmtpReply.RecipientAccepted"/>) or refuses it.
    /// <paramref name="transaction"/> holds the recipients accepted before this one.
    /// </summary>
    ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken);

    /// <summary>Called at DATA or the first BDAT, with at least one recipient; throw <see cref="SmtpRefusedException"/> to refuse.</summary>
    ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken);
}
