using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.Push.Webhooks;

/// <summary>
/// How many requests may be under way to whom, so that nobody's stalled receiver slows another's: a bound for each endpoint and each
/// owner, one at a time to an endpoint that keeps failing, and half of all at most to such endpoints together.
/// </summary>
internal sealed class WebhookTurns(WebhookSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _endpoints = [];
    private readonly Dictionary<Guid, int> _owners = [];
    private int _failing;

    /// <summary>How many more may be started for an endpoint.</summary>
    public int Free(WebhookWork work)
    {
        lock (_lock)
        {
            var limit = IsFailing(work) ? Math.Min(1, (settings.Concurrency / 2) - _failing) : settings.PerEndpoint;
            return Math.Max(0, Math.Min(limit - _endpoints.GetValueOrDefault(work.EndpointId), settings.PerOwner - _owners.GetValueOrDefault(work.Owner.Id)));
        }
    }

    /// <summary>Ends when it is disposed of.</summary>
    public IDisposable Enter(WebhookWork work)
    {
        lock (_lock)
        {
            Add(work, 1);
            return new Turn(this, work);
        }
    }

    private void Add(WebhookWork work, int count)
    {
        Add(_endpoints, work.EndpointId, count);
        Add(_owners, work.Owner.Id, count);
        if (IsFailing(work))
            _failing += count;
    }

    private bool IsFailing(WebhookWork work) => work.Failures >= settings.FailuresToSlow;

    private static void Add(Dictionary<Guid, int> counts, Guid key, int count)
    {
        var now = counts.GetValueOrDefault(key) + count;
        if (now == 0)
            counts.Remove(key);
        else
            counts[key] = now;
    }

    private sealed class Turn(WebhookTurns turns, WebhookWork work) : IDisposable
    {
        private bool _over;

        public void Dispose()
        {
            lock (turns._lock)
            {
                if (_over)
                    return;
                _over = true;
                turns.Add(work, -1);
            }
        }
    }
}
