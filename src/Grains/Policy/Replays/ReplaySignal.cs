using System.Threading.Channels;

namespace Platform.Grains.Policy.Replays;

/// <summary>Wakes the worker of this process when a replay is queued; others find it by their poll.</summary>
internal sealed class ReplaySignal(TimeProvider clock)
{
    private readonly Channel<bool> _pulse = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void ReplayReady() => _pulse.Writer.TryWrite(true);

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
