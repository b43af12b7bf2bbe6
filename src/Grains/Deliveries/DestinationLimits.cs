namespace Platform.Grains.Deliveries;

/// <summary>Counts running transmissions by destination, so that one slow host does not take every slot and no host is flooded.</summary>
internal sealed class DestinationLimits(int perDestination)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _turnedAway = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Leave by disposing; null when the destination is full.</returns>
    public IDisposable? TryEnter(string destination)
    {
        lock (_lock)
        {
            var running = _running.GetValueOrDefault(destination);
            if (running >= perDestination)
                return null;
            _running[destination] = running + 1;
            _turnedAway.Remove(destination);
            return new Place(this, destination);
        }
    }

    /// <summary>
    /// How long one that found the destination full should wait. Each further one waits a little longer until a place is free, so that
    /// a long queue for a slow host comes back a few at a time and not all at once.
    /// </summary>
    public TimeSpan TurnAway(string destination)
    {
        lock (_lock)
        {
            var before = _turnedAway.GetValueOrDefault(destination);
            _turnedAway[destination] = before + 1;
            var wait = FirstWait * (1 + ((double)before / perDestination));
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    private void Leave(string destination)
    {
        lock (_lock)
        {
            var running = _running[destination] - 1;
            _turnedAway.Remove(destination);
            if (running == 0)
                _running.Remove(destination);
            else
                _running[destination] = running;
        }
    }

    private sealed class Place(DestinationLimits limits, string destination) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                limits.Leave(destination);
        }
    }
}
