namespace Platform.Grains.Inspection;

/// <summary>Bounds how many pieces of work run at a time, and lets callers await a free slot or the end of all.</summary>
internal sealed class WorkSlots(int count)
{
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
