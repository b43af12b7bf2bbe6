using System.Threading.Channels;

namespace Platform.Storage.Messages;

/// <summary>A pulse that comes before the wait is kept, so that none is lost between a claim that found nothing and the wait after it.</summary>
internal sealed class WorkSignal(TimeProvider time) : IWorkSignal
{
    private readonly Channel<bool> _scans = Pulse();
    private readonly Channel<bool> _relays = Pulse();

    public void ScansReady() => _scans.Writer.TryWrite(true);

    public void RelaysReady() => _relays.Writer.TryWrite(true);

    public Task WaitScansAsync(TimeSpan poll, CancellationToken cancellationToken) => WaitAsync(_scans.Reader, poll, cancellationToken);

    public Task WaitRelaysAsync(TimeSpan poll, CancellationToken cancellationToken) => WaitAsync(_relays.Reader, poll, cancellationToken);

    private static Channel<bool> Pulse() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private async Task WaitAsync(ChannelReader<bool> pulse, TimeSpan poll, CancellationToken cancellationToken)
    {
        if (pulse.TryRead(out _))
            return;
        using var timer = new CancellationTokenSource(poll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await pulse.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll is over: look for what other processes wrote.
        }
    }
}
