using System.Text;
using Platform.Smtp.Authentication;

namespace Platform.Smtp.Sessions;

/// <summary>AUTH from its command to 235 or a refusal (RFC 4954, 4).</summary>
internal sealed class LoginDialogue(LineReader lines, SessionChannel channel, Answers answers, HandlerCalls handler, SmtpServerOptions options)
{
    private const string Empty = "=";
    private const string Cancel = "*";
    private int _failures;

    /// <param name="initial">Initial response in base64; null: none was sent.</param>
    /// <returns>Null: the client was told why, or has gone.</returns>
    public async ValueTask<SmtpLogin?> RunAsync(ISaslMechanism mechanism, string? initial)
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
