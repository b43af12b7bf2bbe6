using Microsoft.Data.Sqlite;
using Platform.Storage.Setup;
using Platform.Storage.Telemetry;
using Platform.Storage.Transactions;

namespace Platform.Storage.Search;

/// <summary>
/// The file of the search index: made when it is first used, one writer at a time. It holds nothing that the rows do not: damaged or
/// of an older shape, it is made anew and filled again.
/// </summary>
internal sealed class SqliteSearchFile(StorageSettings settings, StatementCount count, TimeProvider time) : IDisposable
{
    private const long Shape = 1;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private const string Drop =
        """
        DROP TABLE IF EXISTS documents;
        DROP TABLE IF EXISTS positions;
        DROP TABLE IF EXISTS trigrams;
        DROP TABLE IF EXISTS pairs;
        """;

    private const string Create =
        """
        CREATE TABLE documents (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, message TEXT NOT NULL, received INTEGER NOT NULL, sequence INTEGER NOT NULL, UNIQUE (tenant, message));
        CREATE INDEX documents_by_time ON documents (tenant, received DESC);
        CREATE TABLE positions (tenant TEXT PRIMARY KEY, sequence INTEGER NOT NULL);
        CREATE VIRTUAL TABLE trigrams USING fts5 (subject, sender, recipients, body, attachments, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
        CREATE VIRTUAL TABLE pairs USING fts5 (codes, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
        """;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile bool _ready;

    public async ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        return await OpenAsync(cancellationToken);
    }

    public async Task WriteAsync(Func<SqlSession, Task> write, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await InTransactionAsync(write, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Empties it.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => WriteAsync(async sql => await sql.ExecuteAsync(Drop + Create, cancellationToken), cancellationToken);

    /// <summary>Rewrites it, so that no octet of what was deleted stays.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await using var connection = new SqliteConnection(ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await SqliteFile.ScrubAsync(connection, rewrite: true, time, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task InTransactionAsync(Func<SqlSession, Task> write, CancellationToken cancellationToken)
    {
        await using var sql = await OpenAsync(cancellationToken);
        // A flush for each batch is not needed: what a power cut takes back, the projection writes again.
        await sql.ExecuteAsync("PRAGMA synchronous = NORMAL", cancellationToken);
        await sql.ExecuteAsync("BEGIN IMMEDIATE", cancellationToken);
        try
        {
            await write(sql);
            await sql.ExecuteAsync("COMMIT", CancellationToken.None);
        }
        catch
        {
            await sql.ExecuteAsync("ROLLBACK", CancellationToken.None);
            throw;
        }
    }

    private async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_ready)
            return;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_ready)
                return;
            try
            {
                await CreateIfOtherAsync(cancellationToken);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
            {
                SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
                foreach (var suffix in (string[])["", "-wal", "-shm"])
                    File.Delete(settings.SearchFile + suffix);
                await CreateIfOtherAsync(cancellationToken);
            }

            _ready = true;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task CreateIfOtherAsync(CancellationToken cancellationToken)
    {
        await using (var sql = await OpenAsync(cancellationToken))
        {
            await sql.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
            if (await sql.FirstAsync("PRAGMA user_version", row => row.GetInt64(0), cancellationToken) == Shape)
                return;
        }

        await InTransactionAsync(async sql => await sql.ExecuteAsync($"{Drop}{Create}PRAGMA user_version = {Shape}", cancellationToken), cancellationToken);
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = settings.SearchFile, DefaultTimeout = 30 }.ToString();

    private async ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return new SqlSession(connection, count, null, []);
    }
}
