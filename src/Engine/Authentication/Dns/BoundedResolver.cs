namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Lets so many questions be under way at a time in this process (RFC 1035, 7.1). One that finds no place within the wait
/// ends as <see cref="DnsStatus.NotAsked"/>: temporary, as is a server that does not answer.
/// </summary>
/// <param name="concurrency">Questions at a time, from 1.</param>
/// <param name="wait">How long a question waits for a place.</param>
public sealed class BoundedResolver(IDnsResolver inner, int concurrency, TimeSpan wait, TimeProvider clock) : IDnsResolver, IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrency, concurrency);

    /// <summary>The answer of the resolver behind (RFC 1035, 7.1), or NotAsked.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        if (!await TryEnterAsync(cancellationToken))
            return DnsAnswer.NotAsked;
        try
        {
            return await inner.QueryAsync(name, type, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends the waiting list, not the resolver behind (RFC 1035, 7.1).</summary>
    public void Dispose() => _places.Dispose();

    private async ValueTask<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, cancellationToken))
            return true;
        using var patience = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
