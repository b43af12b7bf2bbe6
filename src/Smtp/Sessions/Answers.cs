using Microsoft.Extensions.Logging;

namespace Platform.Smtp.Sessions;

/// <summary>What the client is told, and when it has been told enough: errors are counted here, and closing begins here.</summary>
internal sealed class Answers(SessionChannel channel, SmtpServerOptions options, string sessionId, ILogger logger)
{
    private int _errors;
    private int _idleCommands;

    /// <summary>The last reply has been given.</summary>
    public bool IsClosing { get; private set; }

    public async ValueTask AnswerAsync(SmtpReply reply)
    {
        if (reply.Code == 421)
        {
            await CloseAsync(reply);
            return;
        }

        await channel.ReplyAsync(reply);
        if (reply.IsPermanentFailure)
            await CountErrorAsync();
    }

    /// <summary>Answers a command that moves no mail; too many of them are errors.</summary>
    public async ValueTask AnswerIdleAsync(SmtpReply reply)
    {
        await AnswerAsync(reply);
        if (++_idleCommands > options.MaxIdleCommands)
            await CountErrorAsync();
    }

    /// <summary>Mail was moved: idling is forgiven.</summary>
    public void MessageTaken() => _idleCommands = 0;

    /// <summary>Answers and reads no further.</summary>
    public async ValueTask CloseAsync(SmtpReply reply)
    {
        IsClosing = true;
        Log.Closing(logger, sessionId, reply.Code, reply.EnhancedStatus);
        await channel.ReplyAsync(reply);
    }

    /// <summary>Reads no further: there is nobody left to tell, or no way to.</summary>
    public void Abandon() => IsClosing = true;

    private async ValueTask CountErrorAsync()
    {
        if (++_errors >= options.MaxErrors && !IsClosing)
            await CloseAsync(Replies.TooManyErrors);
    }
}
