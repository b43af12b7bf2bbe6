using Microsoft.Data.Sqlite;
using Platform.Storage.Setup;
using Platform.Storage.Telemetry;

namespace Platform.Storage.Transactions;

/// <summary>Connections to the SQLite file of the platform.</summary>
internal sealed class SqliteConnections(StorageSettings settings, StatementCount count) : IReadConnections
{
    /// <summary>Waits this long for another process's write.</summary>
    private const int BusySeconds = 30;

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = settings.DatabaseFile,
        DefaultTimeout = BusySeconds,
        ForeignKeys = true,
    }.ToString();

    public async ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return new SqlSession(connection, count);
    }

    /// <summary>A connection of its own for the writer: WAL, every commit flushed, checkpoints every 16 MiB of log, deleted cells overwritten.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000; PRAGMA secure_delete = FAST;";
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
