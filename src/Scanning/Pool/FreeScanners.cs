namespace Platform.Scanning.Pool;

/// <summary>
/// The processes that wait for work and the requests that wait for a process, first come first served.
/// When every slot fails to start, all waiting requests are let go instead of waiting for nothing.
/// </summary>
internal sealed class FreeScanners(int slots, int maxWaiting)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ScannerProcess> _free = [];
    private readonly LinkedList<TaskCompletionSource<ScannerProcess?>> _waiting = [];
    private int _failingSlots;
    private bool _closed;

    /// <summary>A process, to be given back by <see cref="Add"/> unless it is lost; null when there is none to be had.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async ValueTask<ScannerProcess?> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<ScannerProcess?> waiter;
        lock (_gate)
        {
            if (_closed || _failingSlots == slots)
                return null;
            while (_free.First is { } node)
            {
                _free.RemoveFirst();
                if (!node.Value.HasEnded)
                    return node.Value;
            }

            if (_waiting.Count >= maxWaiting)
                return null;
            waiter = new TaskCompletionSource<ScannerProcess?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(waiter);
        }

        await using var registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_gate)
                    _waiting.Remove(waiter);
                waiter.TrySetCanceled(token);
            },
            null).ConfigureAwait(false);
        return await waiter.Task.ConfigureAwait(false);
    }

    public void Add(ScannerProcess process)
    {
        lock (_gate)
        {
            if (process.HasEnded)
                return;
            while (_waiting.First is { } node)
            {
                _waiting.RemoveFirst();
                if (node.Value.TrySetResult(process))
                    return;
            }

            // Last in, first out keeps few processes hot when there is little to do.
            _free.AddFirst(process);
        }
    }

    public void Remove(ScannerProcess process)
    {
        lock (_gate)
            _free.Remove(process);
    }

    public void SlotFails()
    {
        lock (_gate)
        {
            if (++_failingSlots == slots)
                LetGo();
        }
    }

    public void SlotWorks()
    {
        lock (_gate)
            _failingSlots--;
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            LetGo();
        }
    }

    private void LetGo()
    {
        foreach (var waiter in _waiting)
            waiter.TrySetResult(null);
        _waiting.Clear();
    }
}
