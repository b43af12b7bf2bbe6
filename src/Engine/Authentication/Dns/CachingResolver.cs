namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Keeps answers for their time to live (RFC 1035, 7.4), negative ones by the SOA (RFC 2308, 5), failures for a few seconds
/// (RFC 2308, 7). A question that is under way is not asked again; who waits for it may leave, and it still goes on, so
/// the resolver behind must have deadlines of its own.
/// </summary>
public sealed class CachingResolver(IDnsResolver inner, CachingLimits limits, TimeProvider clock) : IDnsResolver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Question, LinkedListNode<Entry>> _kept = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Dictionary<Question, Task<DnsAnswer>> _underWay = [];
    private long _octets;

    private readonly record struct Question(string Name, DnsType Type);

    private sealed record Entry(Question Question, DnsAnswer Answer, DateTimeOffset Until, long Octets);

    /// <summary>The answer kept, or that of the resolver behind (RFC 1035, 7.4); its time to live is what is left of it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsName.IsName(name))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        var question = new Question(DnsName.WithoutLastDot(name).ToString().ToLowerInvariant(), type);
        TaskCompletionSource<DnsAnswer> mine;
        lock (_lock)
        {
            if (Kept(question) is { } answer)
                return ValueTask.FromResult(answer);
            if (_underWay.TryGetValue(question, out var others))
                return new ValueTask<DnsAnswer>(others.WaitAsync(cancellationToken));
            mine = new TaskCompletionSource<DnsAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _underWay[question] = mine.Task;
        }

        _ = AskAsync(question, mine);
        return new ValueTask<DnsAnswer>(mine.Task.WaitAsync(cancellationToken));
    }

    private async Task AskAsync(Question question, TaskCompletionSource<DnsAnswer> waiting)
    {
        try
        {
            var answer = await inner.QueryAsync(question.Name, question.Type, CancellationToken.None);
            lock (_lock)
            {
                _underWay.Remove(question);
                Keep(question, answer);
            }

            waiting.SetResult(answer);
        }
        catch (Exception exception)
        {
            lock (_lock)
                _underWay.Remove(question);
            waiting.SetException(exception);
        }
    }

    private DnsAnswer? Kept(Question question)
    {
        if (!_kept.TryGetValue(question, out var node))
            return null;
        var left = node.Value.Until - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            Drop(node);
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddLast(node);
        return node.Value.Answer with { Ttl = left };
    }

    private void Keep(Question question, DnsAnswer answer)
    {
        var ttl = TtlOf(answer);
        if (ttl <= TimeSpan.Zero)
            return;
        if (_kept.TryGetValue(question, out var old))
            Drop(old);
        var entry = new Entry(question, answer, clock.GetUtcNow() + ttl, OctetsOf(question, answer));
        _kept[question] = _byUse.AddLast(entry);
        _octets += entry.Octets;
        while (_octets > limits.MaxOctets)
            Drop(_byUse.First!);
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _kept.Remove(node.Value.Question);
        _octets -= node.Value.Octets;
    }

    private TimeSpan TtlOf(DnsAnswer answer) => answer.Status switch
    {
        DnsStatus.Found => Between(answer.Ttl, limits.MinTtl, limits.MaxTtl),
        DnsStatus.NoData or DnsStatus.NoDomain when answer.Ttl > TimeSpan.Zero => Between(answer.Ttl, limits.MinTtl, limits.MaxNegativeTtl),
        DnsStatus.NotAsked => TimeSpan.Zero,
        _ => limits.FailureTtl,
    };

    private static TimeSpan Between(TimeSpan ttl, TimeSpan min, TimeSpan max) => ttl < min ? min : ttl > max ? max : ttl;

    // What the objects take in memory, near enough to bound it: a char is two octets.
    private static long OctetsOf(Question question, DnsAnswer answer) => 300 + (2L * question.Name.Length) + answer.Records.Sum(record => 80L + record switch
    {
        DnsRecord.Text text => 2L * text.Value.Length,
        DnsRecord.Exchanger exchanger => 2L * exchanger.Host.Length,
        DnsRecord.Name host => 2L * host.Host.Length,
        DnsRecord.Other other => other.Data.Length,
        _ => 60,
    });
}
