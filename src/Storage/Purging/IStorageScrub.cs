using Npgsql;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Storage.Purging;

/// <summary>Takes what deleted rows left in free space out of the database's files.</summary>
public interface IStorageScrub
{
    /// <returns>False: the database is too large to be rewritten while mail waits; the verb <c>admin compact</c> does it.</returns>
    Task<bool> RunAsync(CancellationToken cancellationToken);

    /// <summary>Whatever the size, and on PostgreSQL by rewriting the tables.</summary>
    Task CompactAsync(CancellationToken cancellationToken);
}

/// <summary>Rewrites the file of the platform's database while its writers wait.</summary>
internal sealed class SqliteScrub(StorageSettings settings, SqliteConnections connections, SqliteWriteGate gate, TimeProvider time) : IStorageScrub
{
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var small = new FileInfo(settings.DatabaseFile).Length <= settings.ScrubMaxBytes;
        await ScrubAsync(small, cancellationToken);
        return small;
    }

    public Task CompactAsync(CancellationToken cancellationToken) => ScrubAsync(rewrite: true, cancellationToken);

    private async Task ScrubAsync(bool rewrite, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var connection = connections.OpenWriter();
        await SqliteFile.ScrubAsync(connection, rewrite, time, cancellationToken);
    }
}

/// <summary>
/// VACUUM gives the space of deleted rows free to be written over. Their bytes leave the files with VACUUM FULL, which locks each
/// table while it is rewritten, and the log with its next turns: the verb <c>admin compact</c> does the first.
/// </summary>
internal sealed class PostgresScrub(PostgresConnections connections) : IStorageScrub
{
    /// <summary>All that is ours in the database: the state of grains lies beside the rows.</summary>
    private const string Tables =
        "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'MEMBER') ORDER BY relname";

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Source.OpenConnectionAsync(cancellationToken);
        foreach (var table in await TablesAsync(connection, cancellationToken))
            await ExecuteAsync(connection, $"VACUUM {table}", cancellationToken);
        return false;
    }

    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Source.OpenConnectionAsync(cancellationToken);
        foreach (var table in await TablesAsync(connection, cancellationToken))
            await ExecuteAsync(connection, $"VACUUM (FULL) {table}", cancellationToken);
        await ExecuteAsync(connection, "CHECKPOINT", cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Tables, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
