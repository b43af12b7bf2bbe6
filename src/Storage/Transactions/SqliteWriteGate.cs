namespace Platform.Storage.Transactions;

/// <summary>One writer at a time on the SQLite file, in order of arrival.</summary>
internal sealed class SqliteWriteGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _held = turn;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
