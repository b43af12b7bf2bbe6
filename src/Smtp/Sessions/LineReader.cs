namespace Platform.Smtp.Sessions;

/// <summary>The next line of the client, within the session's time.</summary>
internal sealed class LineReader(SessionChannel channel, SessionLife life, Answers answers, SmtpServerOptions options)
{
    /// <param name="mayStop">No message is under way, so that a host that stops may end the session here.</param>
    /// <param name="isSecret">A response of AUTH is awaited, which may be longer than a command.</param>
    /// <returns>Without its CRLF, valid until the next; null: the session is closing.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(bool mayStop, bool isSecret)
    {
        var isWaiting = false;
        while (!answers.IsClosing)
        {
            if (life.IsExpired)
            {
                await answers.CloseAsync(Replies.TimedOut);
                break;
            }

            if (life.IsStopping && mayStop)
            {
                await answers.CloseAsync(SmtpReply.ServiceClosing);
                break;
            }

            switch (channel.TryTakeLine(out var line, out var fault))
            {
                case LineStatus.Line when isSecret || line.Length + 2 <= options.MaxCommandLength || IsAuth(line.Span):
                    return line;
                case LineStatus.Line:
                    await answers.CloseAsync(Replies.CommandTooLong);
                    break;
                case LineStatus.Faulty:
                    await answers.CloseAsync(Replies.ForCommandLine(fault));
                    break;
                default:
                    // The time is for the whole line: one octet now and then does not prolong it.
                    if (!isWaiting)
                        life.Arm(options.CommandTimeout);
                    isWaiting = true;
                    if (await channel.FillAsync() == FillStatus.Closed)
                        answers.Abandon();
                    break;
            }
        }

        return null;
    }

    private static bool IsAuth(ReadOnlySpan<byte> line) => line.Length > 5 && System.Text.Ascii.EqualsIgnoreCase(line[..5], "AUTH "u8);
}
