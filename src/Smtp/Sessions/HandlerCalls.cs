using Microsoft.Extensions.Logging;
using Platform.Smtp.Authentication;

namespace Platform.Smtp.Sessions;

/// <summary>Calls the handler within its time, and makes a reply of whatever it throws.</summary>
internal sealed class HandlerCalls(ISmtpHandler handler, SessionLife life, TimeSpan timeout, string sessionId, ILogger logger)
{
    public async ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer)
    {
        try
        {
            life.ArmForHandler(timeout);
            return await handler.ConnectAsync(peer, life.Token);
        }
        catch (Exception exception)
        {
            // The session cannot go on without an answer, and a fault of ours is a temporary one.
            var reply = ReplyFor(exception);
            return reply == SmtpReply.LocalError ? new SmtpReply(421, "4.3.0", reply.Lines) : reply;
        }
    }

    public async ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail)
    {
        try
        {
            life.ArmForHandler(timeout);
            return await handler.MailAsync(peer, mail, life.Token);
        }
        catch (Exception exception)
        {
            return ReplyFor(exception);
        }
    }

    public async ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient)
    {
        try
        {
            life.ArmForHandler(timeout);
            return await handler.RecipientAsync(peer, transaction, recipient, life.Token);
        }
        catch (Exception exception)
        {
            return ReplyFor(exception);
        }
    }

    /// <summary>Either a receiver or the reply that refuses the message.</summary>
    public async ValueTask<(IMessageReceiver? Receiver, SmtpReply? Refusal)> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction)
    {
        try
        {
            life.ArmForHandler(timeout);
            return (await handler.BeginMessageAsync(peer, transaction, life.Token), null);
        }
        catch (Exception exception)
        {
            return (null, ReplyFor(exception));
        }
    }

    public async ValueTask<SaslStep> AuthenticateAsync(ISaslMechanism mechanism, ReadOnlyMemory<byte> response)
    {
        try
        {
            life.ArmForHandler(timeout);
            return await mechanism.StepAsync(response, life.Token);
        }
        catch (Exception exception)
        {
            var reply = ReplyFor(exception);
            return SaslStep.End(SmtpAuthResult.Refused(reply == SmtpReply.LocalError ? Replies.LoginUnavailable : reply));
        }
    }

    public SmtpReply ReplyFor(Exception exception)
    {
        switch (exception)
        {
            case SmtpRefusedException refused:
                return refused.Reply;
            case OperationCanceledException when life.Token.IsCancellationRequested:
                Log.HandlerCancelled(logger, sessionId);
                return SmtpReply.LocalError;
            default:
                Log.HandlerFailed(logger, exception, sessionId);
                return SmtpReply.LocalError;
        }
    }
}
