using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Storage.Setup;

namespace Platform.Grains.Hosting;

/// <summary>
/// Brings tables and queries of the grain storage up to date before any other part of the silo starts.
/// The Orleans providers read the text of each query from the table OrleansQuery; all of it is ours, in <c>Schema/</c>.
/// </summary>
internal sealed class GrainSchema(SiloSettings settings) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Any number, the same in all versions: one silo at a time brings the schema up to date.</summary>
    private const long LockNumber = 7_203_110_466;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(GrainSchema), ServiceLifecycleStage.First, ApplyAsync);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (settings.Storage.Provider == StorageProvider.Postgres)
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ApplyAsync(connection, SchemaScript.Read("postgres.sql"), $"SELECT pg_advisory_xact_lock({LockNumber})", cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Directory.CreateDirectory(settings.Storage.DataDirectory);
            await using var connection = new SqliteConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, null, "PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
            await ApplyAsync(connection, SchemaScript.Read("sqlite.sql"), null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ApplyAsync(DbConnection connection, SchemaScript script, string? takeLock, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        if (takeLock is not null)
            await ExecuteAsync(connection, transaction, takeLock, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, transaction, script.Tables, cancellationToken).ConfigureAwait(false);
        foreach (var (key, text) in script.Queries)
        {
            await ExecuteAsync(
                connection,
                transaction,
                "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text) ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText",
                cancellationToken,
                ("@key", key),
                ("@text", text)).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string text, CancellationToken cancellationToken, params (string Name, string Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
