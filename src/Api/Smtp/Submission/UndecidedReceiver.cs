using System.Buffers;
using Platform.Smtp;

namespace Platform.Api.Smtp.Submission;

/// <summary>
/// Takes a report (null reverse-path) in a session that servers of several tenants know. Nothing is sealed before its header says whose it is;
/// then all goes to the receiver of that tenant. At most <see cref="HeaderCapture.MaxBytes"/> and one piece more stay in memory.
/// </summary>
/// <param name="decide">Opens the receiver by the header section; refuses by <see cref="SmtpRefusedException"/>.</param>
internal sealed class UndecidedReceiver(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<IMessageReceiver>> decide) : IMessageReceiver
{
    private readonly HeaderCapture header = new();
    private readonly ArrayBufferWriter<byte> kept = new(4096);
    private IMessageReceiver? decided;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (decided is not null)
        {
            await decided.WriteAsync(bytes, cancellationToken);
            return;
        }

        kept.Write(bytes.Span);
        header.Add(bytes.Span);
        if (header.IsWhole)
            await DecideAsync(cancellationToken);
    }

    public async ValueTask<SmtpReply> CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await (decided ?? await DecideAsync(cancellationToken)).CompleteAsync(cancellationToken);
        }
        catch (SmtpRefusedException refused)
        {
            return refused.Reply;
        }
    }

    public ValueTask DisposeAsync() => decided?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<IMessageReceiver> DecideAsync(CancellationToken cancellationToken)
    {
        decided = await decide(header.Bytes, cancellationToken);
        await decided.WriteAsync(kept.WrittenMemory, cancellationToken);
        kept.ResetWrittenCount();
        return decided;
    }
}
