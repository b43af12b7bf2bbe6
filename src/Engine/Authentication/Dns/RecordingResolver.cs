namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Asks each question once and keeps what was answered, for one scan. What is kept is what is answered, so a scan over the
/// <see cref="Snapshot"/> sees the same (RFC 1034, 3.7). When the answers grow beyond <see cref="MaxLength"/>, no more is asked.
/// </summary>
public sealed class RecordingResolver(IDnsResolver inner) : IDnsResolver
{
    /// <summary>Characters of all names and answers of one scan, roughly (RFC 7208, 11.1: what a sender may make us hold).</summary>
    public const int MaxLength = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, DnsType Type), Lazy<Task<DnsAnswer>>> _answers = [];
    private readonly List<DnsExchange> _exchanges = [];
    private int _length;
    private bool _leftOut;

    /// <summary>What was answered so far (RFC 1034, 3.7).</summary>
    public DnsSnapshot Snapshot
    {
        get
        {
            lock (_gate)
                return new DnsSnapshot([.. _exchanges]);
        }
    }

    /// <summary>A question was put to nobody: the scan had used up its share, or there was no resolver (RFC 7208, 4.6.4). Such are not kept.</summary>
    public bool LeftOut
    {
        get
        {
            lock (_gate)
                return _leftOut;
        }
    }

    /// <summary>The answer of the resolver behind within the bounds (RFC 7208, 11.1), the same whenever it is asked again.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or that of who asked first.</exception>
    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsName.IsName(name))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        var key = (DnsName.WithoutLastDot(name).ToString().ToLowerInvariant(), type);
        Lazy<Task<DnsAnswer>>? answer;
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out answer))
                _answers[key] = answer = new Lazy<Task<DnsAnswer>>(() => AskAsync(name, type, cancellationToken));
        }

        return new ValueTask<DnsAnswer>(answer.Value);
    }

    private async Task<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        bool isFull;
        lock (_gate)
            isFull = _length >= MaxLength;
        var exchange = DnsExchange.Of(name, type, isFull ? DnsAnswer.NotAsked : await inner.QueryAsync(name, type, cancellationToken).ConfigureAwait(false));
        lock (_gate)
        {
            if (exchange.Status == DnsStatus.NotAsked)
            {
                _leftOut = true;
            }
            else
            {
                _exchanges.Add(exchange);
                _length += exchange.Length;
            }
        }

        return exchange.ToAnswer();
    }
}
