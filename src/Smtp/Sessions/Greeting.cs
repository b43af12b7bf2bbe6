namespace Platform.Smtp.Sessions;

/// <summary>The first word, which is the server's (RFC 5321, 3.1): clients that cannot wait for it are seldom mail servers.</summary>
internal static class Greeting
{
    /// <summary>True when the client was greeted; otherwise the session is closing.</summary>
    public static async ValueTask<bool> GiveAsync(SmtpPeer peer, SessionChannel channel, SessionLife life, Answers answers, SmtpServerOptions options, HandlerCalls handler, TimeProvider time)
    {
        if (await handler.ConnectAsync(peer) is { } refusal)
        {
            await answers.CloseAsync(refusal);
            return false;
        }

        if (options.GreetingDelay > TimeSpan.Zero && await PauseAsync(channel, life, options, time) == FillStatus.Closed)
        {
            answers.Abandon();
            return false;
        }

        if (channel.HasInput())
        {
            await answers.CloseAsync(Replies.EarlyTalker);
            return false;
        }

        await channel.ReplyAsync(Replies.Greeting(options.Hostname));
        return true;
    }

    private static async ValueTask<FillStatus> PauseAsync(SessionChannel channel, SessionLife life, SmtpServerOptions options, TimeProvider time)
    {
        life.Arm(options.GreetingDelay + options.CommandTimeout);
        await using var timer = time.CreateTimer(_ => channel.Interrupt(alsoWriting: false), null, options.GreetingDelay, Timeout.InfiniteTimeSpan);
        return await channel.FillAsync();
    }
}
