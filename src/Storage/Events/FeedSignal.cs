namespace Platform.Storage.Events;

/// <summary>Wakes who waits for events of a feed, within this process.</summary>
internal sealed class FeedSignal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, TaskCompletionSource> _waiting = [];

    /// <summary>Completes at the next commit of an event of that feed. Ask for it before looking whether one is there.</summary>
    public Task NextAsync(Guid ownerId)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(ownerId, out var waiting))
                _waiting.Add(ownerId, waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return waiting.Task;
        }
    }

    public void Committed(IEnumerable<Guid> ownerIds)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return;
            foreach (var owner in ownerIds)
            {
                if (_waiting.Remove(owner, out var waiting))
                    waiting.TrySetResult();
            }
        }
    }
}
