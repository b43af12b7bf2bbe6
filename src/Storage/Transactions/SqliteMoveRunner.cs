using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Platform.Storage.Events;
using Platform.Storage.Telemetry;
using SQLitePCL;

namespace Platform.Storage.Transactions;

/// <summary>
/// Group commit on SQLite. Moves queue up; one writer takes what waits, runs each under a savepoint inside one
/// <c>BEGIN IMMEDIATE ... COMMIT</c> and completes all of them after the commit's flush. While one commit flushes the next
/// moves gather, so the disk's flush rate does not bound the rate of moves. A move that fails rolls back to its savepoint
/// and takes none of the others with it.
/// </summary>
internal sealed class SqliteMoveRunner : IMoveRunner, IAsyncDisposable
{
    private const int MaxMovesPerCommit = 64;

    private readonly Channel<Move> _waiting = Channel.CreateUnbounded<Move>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnections _connections;
    private readonly SqliteWriteGate _gate;
    private readonly FeedSignal _feeds;
    private readonly StatementCount _count;
    private readonly TimeProvider _time;
    private readonly Task _loop;
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private SqliteConnection? _connection;

    public SqliteMoveRunner(SqliteConnections connections, SqliteWriteGate gate, FeedSignal feeds, StatementCount count, TimeProvider time)
    {
        _count = count;
        _connections = connections;
        _gate = gate;
        _feeds = feeds;
        _time = time;
        _loop = Task.Run(CommitAllAsync);
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public Task<T> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken)
    {
        var item = new Move<T>(move, cancellationToken);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(item), this);
        return item.Completion;
    }

    /// <summary>Commits what waits, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        Disconnect();
    }

    private async Task CommitAllAsync()
    {
        var batch = new List<Move>(MaxMovesPerCommit);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            using var turn = await _gate.EnterAsync(CancellationToken.None);
            while (batch.Count < MaxMovesPerCommit && _waiting.Reader.TryRead(out var move))
                batch.Add(move);
            try
            {
                await CommitAsync(batch);
            }
            catch (Exception exception)
            {
                Disconnect();
                foreach (var move in batch)
                    move.Fail(StorageErrors.Translate(exception));
            }

            batch.Clear();
        }
    }

    private async ValueTask CommitAsync(List<Move> batch)
    {
        var sql = new SqlSession(Connect(), _count, null, _prepared);
        await sql.ExecuteAsync("BEGIN IMMEDIATE", CancellationToken.None);
        foreach (var move in batch)
            await RunAsync(move, sql);
        await sql.ExecuteAsync("COMMIT", CancellationToken.None);
        foreach (var move in batch)
            move.Complete(_feeds);
    }

    /// <exception cref="Exception">Only when the whole transaction is lost; a move's own failure is kept for it.</exception>
    private async ValueTask RunAsync(Move move, SqlSession sql)
    {
        if (move.IsCancelled)
            return;
        await sql.ExecuteAsync("SAVEPOINT move", CancellationToken.None);
        try
        {
            await move.RunAsync(new MoveSession(sql, Dialect, _time.GetUtcNow()));
            await sql.ExecuteAsync("RELEASE move", CancellationToken.None);
        }
        catch (Exception exception)
        {
            // SQLite answers a full disk by rolling back everything: the moves before this one are gone too.
            if (raw.sqlite3_get_autocommit(_connection!.Handle) != 0)
                throw;
            await sql.ExecuteAsync("ROLLBACK TO move", CancellationToken.None);
            await sql.ExecuteAsync("RELEASE move", CancellationToken.None);
            move.Fail(StorageErrors.Translate(exception));
        }
    }

    private SqliteConnection Connect() => _connection ??= _connections.OpenWriter();

    /// <summary>Closing rolls back what is open; the next batch starts afresh.</summary>
    private void Disconnect()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
        _connection?.Dispose();
        _connection = null;
    }

    private abstract class Move
    {
        public abstract bool IsCancelled { get; }

        public abstract ValueTask RunAsync(MoveSession session);

        public abstract void Complete(FeedSignal feeds);

        public abstract void Fail(Exception exception);
    }

    private sealed class Move<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken) : Move
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private MoveSession? _session;
        private T? _result;

        public Task<T> Completion => _completion.Task;

        /// <summary>A move given up before its turn never starts; one that started runs to its end.</summary>
        public override bool IsCancelled => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

        public override async ValueTask RunAsync(MoveSession session)
        {
            _result = await move(session, CancellationToken.None);
            await session.FinishAsync(CancellationToken.None);
            _session = session;
        }

        public override void Complete(FeedSignal feeds)
        {
            if (_session is null)
                return;
            _session.Committed();
            feeds.Committed(_session.Feeds);
            _completion.TrySetResult(_result!);
        }

        public override void Fail(Exception exception)
        {
            _session = null;
            _completion.TrySetException(exception);
        }
    }
}
