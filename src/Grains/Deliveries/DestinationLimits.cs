namespace Platform.Grains.Deliveries;

/// <summary>Counts running transmissions by destination, so that one slow host does not take every slot and no host is flooded.</summary>
internal sealed class DestinationLimits(int perDestination)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Leave by disposing; null when the destination is full.</returns>
    public IDisposable? TryEnter(string destination)
    {
        lock (_lock)
        {
            var running = _running.GetValueOrDefault(destination);
            if (running >= perDestination)
                return null;
            _running[destination] = running + 1;
            return new Place(this, destination);
        }
    }

    private void Leave(string destination)
    {
        lock (_lock)
        {
            var running = _running[destination] - 1;
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
