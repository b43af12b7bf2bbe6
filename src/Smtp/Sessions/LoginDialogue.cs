using System.Text;
using Platform.Smtp.Authentication;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Sessions;

/// <summary>AUTH from its command to 235 or a refusal (RFC 4954, 4).</summary>
internal sealed class LoginDialogue(LineReader lines, SessionChannel channel, Answers answers, HandlerCalls handler, SmtpServerOptions options)
{
    private const string Empty = "=";
    private const string Cancel = "*";
    private int _failures;

    /// <returns>Null: the client was told why, or has gone.</returns>
    public async ValueTask<SmtpLogin?> RunAsync(AuthCommand command, SmtpPeer peer, bool isGreeted, bool isInTransaction)
    {
        if (Refusal(command, peer, isGreeted, isInTransaction) is { } refusal)
        {
            await answers.AnswerAsync(refusal);
            return null;
        }

        if (Mechanisms.Begin(command.Mechanism, options.Authenticator!, peer, peer.Tls?.EndPointBinding) is { } mechanism)
            return await ExchangeAsync(mechanism, command.Initial);
        await answers.AnswerAsync(Replies.MechanismUnknown);
        return null;
    }

    private SmtpReply? Refusal(AuthCommand command, SmtpPeer peer, bool isGreeted, bool isInTransaction) =>
        options.Authenticator is null ? Replies.NotOffered
        : peer.Tls is null ? Replies.TlsNeeded
        : !isGreeted ? Replies.HelloFirst
        : isInTransaction ? Replies.InTransaction
        : peer.Authenticated is not null ? Replies.AlreadyLoggedIn
        : command.Mechanism.Length == 0 ? Replies.ArgumentNeeded
        : null;

    private async ValueTask<SmtpLogin?> ExchangeAsync(ISaslMechanism mechanism, string? initial)
    {
        var text = initial == Empty ? "" : initial ?? await AskAsync(mechanism.Opening);
        while (text is not null)
        {
            if (text == Cancel)
            {
                await RefuseAsync(Replies.AuthCancelled);
                return null;
            }

            if (!ScramText.TryDecode(text, out var response))
            {
                await answers.AnswerAsync(Replies.AuthNotBase64);
                return null;
            }

            var step = await handler.AuthenticateAsync(mechanism, response);
            if (step.Challenge is { } challenge)
            {
                text = await AskAsync(challenge);
                continue;
            }

            if (step.Result?.Login is { } login)
            {
                await answers.AnswerAsync(Replies.LoggedIn);
                return login;
            }

            await RefuseAsync(step.Result?.Refusal ?? SmtpReply.CredentialsInvalid);
            return null;
        }

        return null;
    }

    private async ValueTask RefuseAsync(SmtpReply reply)
    {
        await answers.AnswerAsync(reply);
        if (++_failures >= options.MaxFailedLogins && !answers.IsClosing)
            await answers.CloseAsync(Replies.TooManyLogins);
    }

    /// <returns>The response in base64; null: the session is closing.</returns>
    private async ValueTask<string?> AskAsync(ReadOnlyMemory<byte> challenge)
    {
        await channel.ReplyAsync(new SmtpReply(334, null, Convert.ToBase64String(challenge.Span)));
        return await lines.NextAsync(mayStop: true, isSecret: true) is { } line ? Encoding.Latin1.GetString(line.Span) : null;
    }
}
