using Microsoft.Data.Sqlite;

namespace Platform.Storage.Transactions;

/// <summary>
/// Takes deleted content out of a SQLite file. VACUUM writes the whole file anew, since pages that SQLite split or balanced may keep
/// copies of deleted cells which <c>secure_delete</c> does not reach; the checkpoint after it empties the log.
/// </summary>
public static class SqliteFile
{
    private const int Tries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <param name="rewrite">False: the log alone is emptied.</param>
    /// <exception cref="IOException">Something read an old state of the file all the while, so that its log could not be emptied.</exception>
    public static async Task ScrubAsync(SqliteConnection connection, bool rewrite, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        if (rewrite)
        {
            await using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "VACUUM";
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        for (var i = 0; i < Tries; i++)
        {
            await using (var reader = await checkpoint.ExecuteReaderAsync(cancellationToken))
            {
                if (await reader.ReadAsync(cancellationToken) && reader.GetInt64(0) == 0)
                    return;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new IOException("The log of a database could not be emptied: something reads an old state of it.");
    }
}
