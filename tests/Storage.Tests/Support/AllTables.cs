using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;

namespace Platform.Storage.Tests.Support;

/// <summary>Looks through every table of the model, whatever it is for.</summary>
internal static class AllTables
{
    public static async Task<IReadOnlyList<string>> HoldingAsync(TestStorage storage, string word, CancellationToken cancellationToken)
    {
        await using var db = storage.Get<IPlatformDbSource>().OpenForSetup();
        await db.Database.OpenConnectionAsync(cancellationToken);
        var found = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().SelectMany(type => type.GetTableMappings()).Select(mapping => mapping.Table.Name).Distinct())
        {
            if (await HoldsAsync(db.Database.GetDbConnection(), table, word, cancellationToken))
                found.Add(table);
        }

        return found;
    }

    private static async Task<bool> HoldsAsync(DbConnection connection, string table, string word, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                if (reader.GetValue(column).ToString()!.Contains(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
