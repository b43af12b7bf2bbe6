using Npgsql;
using Platform.Storage.Purging;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Setup;

/// <summary>What PostgreSQL keeps of deleted rows beside them.</summary>
public sealed class PostgresStatisticsTests(PostgresServer server) : StorageContract(new PostgresBackend(server))
{
    [Theory]
    [InlineData("messages", "subject", true)]
    [InlineData("messages", "verdict_json", true)]
    [InlineData("deliveries", "recipient", true)]
    [InlineData("events", "data", true)]
    [InlineData("messages", "verdict", false)]
    [InlineData("deliveries", "state", false)]
    [InlineData("messages", "received_at", false)]
    public async Task No_samples_are_taken_of_text_and_the_planner_keeps_the_rest(string table, string column, bool withheld) => Assert.Equal(
        withheld,
        await AskAsync<bool>($"SELECT COALESCE(attstattarget, -1) = 0 FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attname = '{column}'"));

    [Fact]
    public async Task Compaction_rewrites_every_table_of_ours_also_those_of_other_parts()
    {
        await AskAsync<object?>("CREATE TABLE of_another_part (word text); INSERT INTO of_another_part VALUES ('x'); SELECT 1");
        var before = await AskAsync<uint>("SELECT pg_relation_filenode('of_another_part')");

        await Storage.Get<IStorageScrub>().CompactAsync(Ct);

        Assert.NotEqual(before, await AskAsync<uint>("SELECT pg_relation_filenode('of_another_part')"));
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Storage.Settings.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }
}
