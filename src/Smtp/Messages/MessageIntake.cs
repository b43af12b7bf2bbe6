using Platform.Smtp.Sessions;

namespace Platform.Smtp.Messages;

/// <summary>
/// One message under way: scans what arrives, hands content on, and once there is a reason to refuse lets go of the
/// receiver and only counts. Never completes a receiver of a message that broke a rule.
/// </summary>
internal sealed class MessageIntake(IMessageReceiver receiver, MessageScanner scanner, long maxBytes, Func<Exception, SmtpReply> replyFor) : IAsyncDisposable
{
    private IMessageReceiver? _receiver = receiver;
    private long _discarded;

    /// <summary>Octets of content so far.</summary>
    public long Received { get; private set; }

    /// <summary>Why the message will be refused; null while nothing speaks against it.</summary>
    public SmtpReply? Refusal { get; private set; }

    public bool HasEnded => scanner.HasEnded;

    /// <summary>The refusal is for its lines: told at the end, when all of it is known.</summary>
    public bool HasLineFault => scanner.Fault != LineFault.None;

    /// <summary>Somebody on the way may see the end of this message elsewhere. A line that is only too long raises no doubt.</summary>
    public bool IsEndDoubtful => scanner.Fault is LineFault.BareCr or LineFault.BareLf or LineFault.Nul;

    /// <summary>More came after the refusal than a message may have at all: reading on would serve nobody.</summary>
    public bool IsBeyondPatience => _discarded > maxBytes;

    /// <summary>Takes a block up to the end mark or whole; gives the number of octets taken.</summary>
    public async ValueTask<int> TakeAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        var taken = 0;
        while (taken < block.Length && !scanner.HasEnded)
        {
            var step = scanner.Next(block.Span[taken..]);
            if (scanner.Fault != LineFault.None && Refusal is null)
                await RefuseAsync(Replies.ForMessage(scanner.Fault));
            if (Refusal is not null)
                _discarded += step.Consumed;
            else if (step.Length > 0)
                await WriteAsync(block.Slice(taken + step.Start, step.Length), cancellationToken);
            taken += step.Consumed;
        }

        return taken;
    }

    /// <summary>The message is refused whatever follows.</summary>
    public async ValueTask RefuseAsync(SmtpReply reply)
    {
        Refusal ??= reply;
        await DisposeAsync();
    }

    /// <summary>The message is whole: gives the final reply.</summary>
    public async ValueTask<SmtpReply> FinishAsync(CancellationToken cancellationToken)
    {
        scanner.EndOfChunks();
        if (scanner.Fault != LineFault.None && Refusal is null)
            await RefuseAsync(Replies.ForMessage(scanner.Fault));
        if (Refusal is not null || _receiver is null)
            return Refusal ?? SmtpReply.LocalError;
        try
        {
            return await _receiver.CompleteAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            return replyFor(exception);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _receiver, null) is not { } receiver)
            return;
        try
        {
            await receiver.DisposeAsync();
        }
        catch (Exception exception)
        {
            // What the client is told does not depend on how well the host cleans up; the reply only logs.
            replyFor(exception);
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Received += content.Length;
        if (Received > maxBytes)
        {
            await RefuseAsync(SmtpReply.MessageTooLarge);
            return;
        }

        try
        {
            await _receiver!.WriteAsync(content, cancellationToken);
        }
        catch (Exception exception)
        {
            await RefuseAsync(replyFor(exception));
        }
    }
}
