namespace Platform.Engine.Authentication.Dns;

/// <summary>Answers from a snapshot and asks nobody (RFC 1034, 3.7); a question that is not in it ends as <see cref="DnsStatus.NotAsked"/>.</summary>
public sealed class SnapshotResolver : IDnsResolver
{
    private readonly Dictionary<(string Name, DnsType Type), DnsExchange> _exchanges = [];

    public SnapshotResolver(DnsSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        foreach (var exchange in snapshot.Exchanges)
            _exchanges.TryAdd((exchange.Name, exchange.Type), exchange);
    }

    /// <summary>The answer that was given then (RFC 1034, 3.7).</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsName.IsName(name))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        var key = (DnsName.WithoutLastDot(name).ToString().ToLowerInvariant(), type);
        return ValueTask.FromResult(_exchanges.TryGetValue(key, out var exchange) ? exchange.ToAnswer() : DnsAnswer.NotAsked);
    }
}
