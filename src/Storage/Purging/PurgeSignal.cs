using System.Threading.Channels;

namespace Platform.Storage.Purging;

/// <summary>Wakes the worker of this process when a purge was asked for; others find it by their poll.</summary>
internal sealed class PurgeSignal(TimeProvider time)
{
    private readonly Channel<bool> _pulse = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void PurgeReady() => _pulse.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan poll, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(poll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _pulse.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll is over.
        }
    }
}
