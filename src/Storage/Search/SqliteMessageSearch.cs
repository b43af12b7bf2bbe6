using Microsoft.Data.Sqlite;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Telemetry;
using Platform.Storage.Transactions;

namespace Platform.Storage.Search;

/// <summary>
/// Search by SQLite FTS5 in a file of its own, off the mail path: a table of trigrams for words of three characters and more,
/// a table of pairs for shorter ones, both without content, and a table of documents that says whose each is. The file holds
/// nothing that the rows do not: damaged or of an older shape, it is made anew and filled again.
/// </summary>
internal sealed class SqliteMessageSearch(StorageSettings settings, StatementCount count, TimeProvider time) : IMessageSearch, IDisposable
{
    private const long Shape = 1;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile bool _ready;

    public async Task IndexAsync(IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
            return;
        await WriteAsync(
            async sql =>
            {
                foreach (var document in documents)
                    await IndexAsync(sql, document, cancellationToken);
            },
            cancellationToken);
    }

    public Task DeleteAsync(Guid tenantId, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken) => WriteAsync(
        async sql =>
        {
            foreach (var message in messageIds)
                await DeleteAsync(sql, tenantId, message, cancellationToken);
        },
        cancellationToken);

    public async Task<IReadOnlyList<Guid>> FindAsync(Scope scope, string query, int max, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesRead);
        var asked = SearchQuery.Parse(query);
        if (asked.IsEmpty || scope.Tenants.Count == 0)
            return [];
        await EnsureAsync(cancellationToken);
        await using var sql = await OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            $"SELECT message FROM documents WHERE tenant IN (SELECT value FROM json_each(@tenants)) {Words(asked)} ORDER BY received DESC, id DESC LIMIT @max",
            row => Guid.Parse(row.GetString(0)),
            cancellationToken,
            ("@tenants", Keys(scope.Tenants)),
            ("@trigrams", asked.Trigrams),
            ("@pairs", asked.Pairs),
            ("@max", (long)Math.Max(0, max)));
    }

    public async Task<IReadOnlySet<Guid>> MatchAsync(Guid tenantId, string query, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken)
    {
        var asked = SearchQuery.Parse(query);
        if (asked.IsEmpty || messageIds.Count == 0)
            return new HashSet<Guid>();
        await EnsureAsync(cancellationToken);
        await using var sql = await OpenAsync(cancellationToken);
        var matches = await sql.QueryAsync(
            $"SELECT message FROM documents WHERE tenant = @tenant AND message IN (SELECT value FROM json_each(@messages)) {Words(asked)}",
            row => Guid.Parse(row.GetString(0)),
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@messages", Keys(messageIds)),
            ("@trigrams", asked.Trigrams),
            ("@pairs", asked.Pairs));
        return matches.ToHashSet();
    }

    public Task DeleteTenantAsync(Guid tenantId, CancellationToken cancellationToken) => WriteAsync(
        async sql =>
        {
            foreach (var table in (string[])["trigrams", "pairs"])
                await sql.ExecuteAsync($"DELETE FROM {table} WHERE rowid IN (SELECT id FROM documents WHERE tenant = @tenant)", cancellationToken, ("@tenant", Key(tenantId)));
            await sql.ExecuteAsync("DELETE FROM documents WHERE tenant = @tenant", cancellationToken, ("@tenant", Key(tenantId)));
            await sql.ExecuteAsync("DELETE FROM positions WHERE tenant = @tenant", cancellationToken, ("@tenant", Key(tenantId)));
        },
        cancellationToken);

    /// <summary>A deleted document only leaves a mark over its terms: they go when the segments are merged, and out of the file when it is rewritten.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(
            async sql =>
            {
                await sql.ExecuteAsync("INSERT INTO trigrams (trigrams) VALUES ('optimize')", cancellationToken);
                await sql.ExecuteAsync("INSERT INTO pairs (pairs) VALUES ('optimize')", cancellationToken);
            },
            cancellationToken);
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

    public async Task<long> PositionAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await using var sql = await OpenAsync(cancellationToken);
        return await sql.FirstAsync("SELECT sequence FROM positions WHERE tenant = @tenant", row => row.GetInt64(0), cancellationToken, ("@tenant", Key(tenantId)));
    }

    public Task AdvanceAsync(Guid tenantId, long sequence, CancellationToken cancellationToken) => WriteAsync(
        async sql => await sql.ExecuteAsync(
            "INSERT INTO positions (tenant, sequence) VALUES (@tenant, @sequence) ON CONFLICT (tenant) DO UPDATE SET sequence = MAX(sequence, excluded.sequence)",
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@sequence", sequence)),
        cancellationToken);

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await WriteAsync(async sql => await sql.ExecuteAsync(Drop + Create, cancellationToken), cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

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

    private static string Key(Guid id) => id.ToString("N");

    private static string Keys(IEnumerable<Guid> ids) => "[" + string.Join(',', ids.Select(id => $"\"{Key(id)}\"")) + "]";

    private static string Words(SearchQuery asked) =>
        (asked.Trigrams is null ? "" : "AND id IN (SELECT rowid FROM trigrams WHERE trigrams MATCH @trigrams) ")
        + (asked.Pairs is null ? "" : "AND id IN (SELECT rowid FROM pairs WHERE pairs MATCH @pairs)");

    private static async ValueTask IndexAsync(SqlSession sql, SearchDocument document, CancellationToken cancellationToken)
    {
        // An older state of a message that is there already must not come back.
        var known = await sql.FirstAsync(
            "SELECT sequence FROM documents WHERE tenant = @tenant AND message = @message",
            row => (long?)row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(document.TenantId)),
            ("@message", Key(document.MessageId)));
        if (known > document.Sequence)
            return;
        await DeleteAsync(sql, document.TenantId, document.MessageId, cancellationToken);
        var id = await sql.FirstAsync(
            "INSERT INTO documents (tenant, message, received, sequence) VALUES (@tenant, @message, @received, @sequence) RETURNING id",
            row => row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(document.TenantId)),
            ("@message", Key(document.MessageId)),
            ("@received", document.ReceivedAt.ToUnixTimeMilliseconds()),
            ("@sequence", document.Sequence));
        string[] texts = [.. new[] { document.Subject, document.From, document.To, document.Body, document.Attachments }.Select(SearchText.Normalise)];
        await sql.ExecuteAsync(
            "INSERT INTO trigrams (rowid, subject, sender, recipients, body, attachments) VALUES (@id, @subject, @sender, @recipients, @body, @attachments)",
            cancellationToken,
            ("@id", id),
            ("@subject", texts[0]),
            ("@sender", texts[1]),
            ("@recipients", texts[2]),
            ("@body", texts[3]),
            ("@attachments", texts[4]));
        await sql.ExecuteAsync("INSERT INTO pairs (rowid, codes) VALUES (@id, @codes)", cancellationToken, ("@id", id), ("@codes", SearchText.Pairs(texts)));
    }

    private static async ValueTask DeleteAsync(SqlSession sql, Guid tenantId, Guid messageId, CancellationToken cancellationToken)
    {
        var id = await sql.FirstAsync(
            "DELETE FROM documents WHERE tenant = @tenant AND message = @message RETURNING id",
            row => (long?)row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@message", Key(messageId)));
        if (id is null)
            return;
        await sql.ExecuteAsync("DELETE FROM trigrams WHERE rowid = @id", cancellationToken, ("@id", id));
        await sql.ExecuteAsync("DELETE FROM pairs WHERE rowid = @id", cancellationToken, ("@id", id));
    }

    private async Task WriteAsync(Func<SqlSession, Task> write, CancellationToken cancellationToken)
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
