using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Platform.Storage.Model;

namespace Platform.Storage.Setup;

/// <summary>
/// ANALYZE keeps the most common values and a histogram of each column in <c>pg_statistic</c>, where they outlive the rows they came
/// from. Of columns that hold text or bytes of ours none are taken; ids, times, numbers and names of states serve the planner as ever.
/// </summary>
internal static class PostgresStatistics
{
    private const string Kept =
        """
        SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND COALESCE(a.attstattarget, -1) <> 0
        """;

    public static async Task WithholdAsync(PlatformDb context, CancellationToken cancellationToken)
    {
        var withheld = context.Model.GetEntityTypes().SelectMany(Columns).ToHashSet();
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await context.Database.OpenConnectionAsync(cancellationToken);
        var changes = new List<string>();
        await using (var command = new NpgsqlCommand(Kept, connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (withheld.Contains((reader.GetString(0), reader.GetString(1))))
                    changes.Add($"ALTER TABLE \"{reader.GetString(0)}\" ALTER COLUMN \"{reader.GetString(1)}\" SET STATISTICS 0;");
            }
        }

        if (changes.Count == 0)
            return;
        await using var change = new NpgsqlCommand(string.Concat(changes), connection);
        await change.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<(string Table, string Column)> Columns(IEntityType type) => type.GetProperties()
        .Where(property => property.ClrType == typeof(string) || property.ClrType == typeof(byte[]))
        .Select(property => (type.GetTableName() ?? "", property.GetColumnName()));
}
