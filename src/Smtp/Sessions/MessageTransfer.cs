using Microsoft.Extensions.Logging;
using Platform.Smtp.Commands;
using Platform.Smtp.Messages;

namespace Platform.Smtp.Sessions;

/// <summary>Brings a message in, by DATA or in chunks by BDAT. After each call the input stands at a command again, or the session must end.</summary>
internal sealed class MessageTransfer(SessionChannel channel, SessionLife life, SmtpServerOptions options, HandlerCalls handler, ILogger logger) : IAsyncDisposable
{
    private MessageIntake? _intake;

    /// <summary>Chunks have come and the last one has not.</summary>
    public bool IsUnderWay => _intake is not null;

    /// <summary>Sends 354 and takes a message up to its end mark.</summary>
    public async ValueTask<TransferResult> DataAsync(SmtpPeer peer, SmtpTransaction transaction)
    {
        var (receiver, refusal) = await handler.BeginMessageAsync(peer, transaction);
        if (receiver is null)
            return TransferResult.Settled(refusal ?? SmtpReply.LocalError);

        await using var intake = Take(receiver, isDotted: true);
        await channel.ReplyAsync(Replies.StartData);
        while (true)
        {
            await TakeBufferedAsync(intake, long.MaxValue);
            if (intake.HasEnded)
            {
                // Behind a message of broken lines nothing is taken as a command: who wrote it cannot be told.
                var result = await FinishAsync(peer, intake);
                return result with { EndsSession = intake.IsEndDoubtful };
            }

            if (intake.IsBeyondPatience)
                return TransferResult.Unfinished(intake.Refusal);
            if (await WaitAsync() is { } unfinished)
                return unfinished;
        }
    }

    /// <summary>Takes one chunk. When <paramref name="transaction"/> is null none may come now, and <paramref name="refusal"/> says why.</summary>
    public async ValueTask<TransferResult> ChunkAsync(SmtpPeer peer, SmtpTransaction? transaction, BdatCommand chunk, SmtpReply refusal)
    {
        if (transaction is null)
            return await RefuseChunkAsync(chunk.Size, refusal);
        if (_intake is null)
        {
            var (receiver, refused) = await handler.BeginMessageAsync(peer, transaction);
            if (receiver is null)
                return await RefuseChunkAsync(chunk.Size, refused ?? SmtpReply.LocalError);
            _intake = Take(receiver, isDotted: false);
        }

        if (chunk.Size > options.MaxMessageBytes - _intake.Received)
        {
            await DropAsync();
            return await RefuseChunkAsync(chunk.Size, SmtpReply.MessageTooLarge);
        }

        var missing = chunk.Size;
        while (true)
        {
            missing -= await TakeBufferedAsync(_intake, missing);
            if (_intake.IsBeyondPatience)
                return TransferResult.Unfinished(_intake.Refusal);
            if (missing == 0)
                break;
            if (await WaitAsync() is { } unfinished)
                return unfinished;
        }

        if (chunk.IsLast)
        {
            var result = await FinishAsync(peer, _intake);
            await DropAsync();
            return result;
        }

        if (_intake.Refusal is not { } reply || _intake.HasLineFault)
            return TransferResult.Chunk(Replies.ChunkTaken(chunk.Size));
        await DropAsync();
        return TransferResult.Settled(reply);
    }

    /// <summary>Gives up the message under way; nothing of it was accepted.</summary>
    public async ValueTask DropAsync()
    {
        if (_intake is { } intake)
        {
            _intake = null;
            await intake.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => DropAsync();

    private MessageIntake Take(IMessageReceiver receiver, bool isDotted) =>
        new(receiver, new MessageScanner(isDotted, options.MaxLineLength), options.MaxMessageBytes, handler.ReplyFor);

    private async ValueTask<TransferResult> FinishAsync(SmtpPeer peer, MessageIntake intake)
    {
        life.ArmForHandler(options.HandlerTimeout);
        var reply = await intake.FinishAsync(life.Token);
        Log.MessageAnswered(logger, peer.SessionId, intake.Received, reply.Code);
        return TransferResult.Settled(reply);
    }

    private async ValueTask<long> TakeBufferedAsync(MessageIntake intake, long atMost)
    {
        var buffered = channel.Buffered;
        if (buffered.IsEmpty)
            return 0;
        life.ArmForHandler(options.HandlerTimeout);
        var taken = 0L;
        foreach (var block in buffered)
        {
            var allowed = block.Length <= atMost - taken ? block : block[..(int)(atMost - taken)];
            taken += await intake.TakeAsync(allowed, life.Token);
            if (intake.HasEnded || taken == atMost)
                break;
        }

        channel.Consume(taken);
        return taken;
    }

    /// <summary>Steps over a chunk by its declared size, so that its bytes are never read as commands.</summary>
    private async ValueTask<TransferResult> RefuseChunkAsync(long size, SmtpReply reply)
    {
        if (size > options.MaxMessageBytes)
            return TransferResult.Unfinished(reply);
        var missing = size;
        while (true)
        {
            var step = Math.Min(missing, channel.Buffered.Length);
            channel.Consume(step);
            missing -= step;
            if (missing == 0)
                return TransferResult.Settled(reply);
            if (await WaitAsync() is { } unfinished)
                return unfinished;
        }
    }

    /// <summary>Null when more has arrived.</summary>
    private async ValueTask<TransferResult?> WaitAsync()
    {
        while (!life.IsExpired)
        {
            life.Arm(options.DataTimeout);
            switch (await channel.FillAsync())
            {
                case FillStatus.Data:
                    return null;
                case FillStatus.Closed:
                    return TransferResult.Unfinished(null);
            }
        }

        return TransferResult.Unfinished(Replies.TimedOut);
    }
}

/// <param name="Reply">What to tell the client; null when it left.</param>
/// <param name="EndsTransaction">The message is settled one way or the other.</param>
/// <param name="EndsSession">The input does not stand at a command.</param>
internal readonly record struct TransferResult(SmtpReply? Reply, bool EndsTransaction, bool EndsSession)
{
    public static TransferResult Settled(SmtpReply reply) => new(reply, true, false);

    public static TransferResult Chunk(SmtpReply reply) => new(reply, false, false);

    public static TransferResult Unfinished(SmtpReply? reply) => new(reply, true, true);
}
