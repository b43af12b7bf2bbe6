using Npgsql;
using Platform.Storage.Events;
using Platform.Storage.Setup;
using Platform.Storage.Telemetry;

namespace Platform.Storage.Transactions;

/// <summary>Each move a transaction of its own; PostgreSQL groups the flushes of concurrent commits itself (its default, <c>synchronous_commit = on</c>, is what durability rests on).</summary>
internal sealed class PostgresMoveRunner(PostgresConnections connections, FeedSignal feeds, StatementCount count, TimeProvider time) : IMoveRunner
{
    private const int MaxTries = 5;

    public SqlDialect Dialect => SqlDialect.Postgres;

    public async Task<T> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(move, cancellationToken);
            }
            catch (PostgresException exception) when (attempt < MaxTries && StorageErrors.MayRetry(exception))
            {
                continue;
            }
            catch (Exception exception) when (StorageErrors.Translate(exception) is var translated && translated != exception)
            {
                throw translated;
            }
        }
    }

    private async Task<T> TryAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = new MoveSession(new SqlSession(connection, count, transaction), Dialect, time.GetUtcNow());
        var result = await move(session, cancellationToken);
        await session.FinishAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        session.Committed();
        feeds.Committed(session.Feeds);
        return result;
    }
}

/// <summary>The pool of connections to PostgreSQL.</summary>
internal sealed class PostgresConnections : IReadConnections, IAsyncDisposable
{
    private readonly StatementCount _count;

    public PostgresConnections(StorageSettings settings, StatementCount count)
    {
        _count = count;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Statements used twice are prepared on their connection: the mail path runs the same dozen over and over.
        builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        Source = builder.Build();
    }

    public NpgsqlDataSource Source { get; }

    public async ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken) => new(await Source.OpenConnectionAsync(cancellationToken), _count);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
