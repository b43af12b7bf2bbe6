namespace Platform.Grains.Work;

/// <summary>Bounds how many pieces of work run at a time, and lets callers await a free slot or the end of all.</summary>
internal sealed class WorkSlots(int count) : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Lock _lock = new();
    private int _running;
    private TaskCompletionSource _changed = NewSignal();

    public int Free
    {
        get
        {
            lock (_lock)
                return count - _running;
        }
    }

    /// <param name="work">Must handle its own failures.</param>
    public void Start(Func<Task> work)
    {
        lock (_lock)
        {
            if (_running == count)
                throw new InvalidOperationException("No slot is free.");
            _running++;
        }
        _ = RunAsync(work);
    }

    public Task WhenFreeAsync(CancellationToken cancellationToken) => WaitUntilAsync(running => running < count, cancellationToken);

    public Task WhenIdleAsync(CancellationToken cancellationToken) => WaitUntilAsync(running => running == 0, cancellationToken);

    /// <summary>Set once the host's patience with running work has ended; the work itself listens to it.</summary>
    public CancellationToken Interrupted => _interrupt.Token;

    /// <summary>Lets running work finish; when <paramref name="patience"/> ends it is interrupted, and its end awaited.</summary>
    public async Task EndAsync(CancellationToken patience)
    {
        try
        {
            await WhenIdleAsync(patience);
        }
        catch (OperationCanceledException)
        {
            await _interrupt.CancelAsync();
            await WhenIdleAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _interrupt.Dispose();

    private async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work();
        }
        finally
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _running--;
                changed = _changed;
                _changed = NewSignal();
            }
            changed.SetResult();
        }
    }

    private async Task WaitUntilAsync(Func<int, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_running))
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
