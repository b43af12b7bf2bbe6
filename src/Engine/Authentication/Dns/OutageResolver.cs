namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Sees that nobody answers, and then asks nobody for a while, so that mail goes on at its speed (RFC 1035, 7.2). A slow answer
/// alone is no outage: a sender's own server may be slow on purpose. It makes this ask for a name that every resolver knows;
/// when that has no answer either, all questions end as <see cref="DnsStatus.NotAsked"/> at once, those under way too, until
/// the same question, put again from time to time and waited for by nobody, is answered.
/// </summary>
/// <param name="clock">Measures all times.</param>
public sealed class OutageResolver(IDnsResolver inner, OutageLimits limits, TimeProvider clock) : IDnsResolver
{
    private const string KnownByAll = "com";

    private readonly Lock _gate = new();
    private TaskCompletionSource _outage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _probed;
    private bool _isProbing;
    private bool _isOut;

    /// <summary>The answer of the resolver behind (RFC 1035, 7.2), or NotAsked.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsOut())
            return DnsAnswer.NotAsked;
        var pending = inner.QueryAsync(name, type, cancellationToken);
        if (pending.IsCompleted)
            return await pending.ConfigureAwait(false);
        var answer = pending.AsTask();
        try
        {
            return await answer.WaitAsync(limits.Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await Task.WhenAny(answer, Suspect()).ConfigureAwait(false);
            return answer.IsCompleted ? await answer.ConfigureAwait(false) : DnsAnswer.NotAsked;
        }
    }

    private bool IsOut()
    {
        lock (_gate)
        {
            if (!_isOut)
                return false;
            Probe(limits.Rest);
            return true;
        }
    }

    /// <summary>Completes when there is an outage.</summary>
    private Task Suspect()
    {
        lock (_gate)
        {
            Probe(limits.Trust);
            return _outage.Task;
        }
    }

    private void Probe(TimeSpan interval)
    {
        if (_isProbing || (_probed is { } last && clock.GetElapsedTime(last) < interval))
            return;
        _isProbing = true;
        _ = ProbeAsync();
    }

    private async Task ProbeAsync()
    {
        // The caller holds the lock.
        await Task.Yield();
        using var end = new CancellationTokenSource(limits.Patience, clock);
        bool isAnswered;
        try
        {
            var answer = await inner.QueryAsync(KnownByAll, DnsType.Ns, end.Token).AsTask().WaitAsync(end.Token).ConfigureAwait(false);
            isAnswered = answer.Status != DnsStatus.TimedOut;
        }
        catch (OperationCanceledException)
        {
            isAnswered = false;
        }

        Note(isAnswered);
    }

    private void Note(bool isAnswered)
    {
        lock (_gate)
        {
            _isProbing = false;
            _probed = clock.GetTimestamp();
            if (isAnswered && _isOut)
                _outage = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else if (!isAnswered)
                _outage.TrySetResult();
            _isOut = !isAnswered;
        }
    }
}

/// <summary>When an <see cref="OutageResolver"/> doubts and when it asks again (RFC 1035, 7.2).</summary>
public sealed record OutageLimits
{
    /// <summary>How long a question, and the one that tries it out, may take before there is doubt (RFC 1035, 7.2).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Once it was tried out and answered, slow answers raise no doubt for so long (RFC 1035, 7.2).</summary>
    public TimeSpan Trust { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>During an outage it is tried out so often (RFC 1035, 7.2).</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);
}
