using System.Threading.Channels;

namespace Platform.Grains.Imports;

/// <summary>Wakes the worker of this process when a job is queued; others find it by their poll.</summary>
internal sealed class ImportSignal(TimeProvider clock)
{
    private readonly Channel<bool> _pulse = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void JobReady() => _pulse.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan poll, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(poll, clock);
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
