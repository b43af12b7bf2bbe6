using System.Threading.Channels;

namespace Platform.Storage.Push.Webhooks;

/// <summary>Wakes the worker of this process when a command left it something to do. A pulse that comes before the wait is kept.</summary>
public sealed class WebhookSignal(TimeProvider time)
{
    private readonly Channel<bool> _pulse = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ready() => _pulse.Writer.TryWrite(true);

    /// <summary>Returns at a pulse or after the time: then there may be new events, or work of other processes.</summary>
    public async Task WaitAsync(TimeSpan poll, CancellationToken cancellationToken)
    {
        if (_pulse.Reader.TryRead(out _))
            return;
        using var timer = new CancellationTokenSource(poll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _pulse.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
