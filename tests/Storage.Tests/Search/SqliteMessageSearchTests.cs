using Platform.Storage.Search;
using Platform.Storage.Setup;
using Platform.Storage.Telemetry;

namespace Platform.Storage.Tests.Search;

public sealed class SqliteMessageSearchTests : MessageSearchContract
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("search-test-").FullName;
    private readonly StatementCount _statements = new();
    private SqliteSearchFile? _file;
    private SqliteMessageSearch? _search;

    protected override IMessageSearch Search => _search!;

    public override ValueTask InitializeAsync()
    {
        _file = Open();
        _search = new SqliteMessageSearch(_file);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _file!.Dispose();
        _statements.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_damaged_file_is_made_anew_and_starts_from_zero()
    {
        var tenant = Guid.NewGuid();
        await Search.AdvanceAsync(tenant, 7, Ct);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in System.IO.Directory.GetFiles(_folder))
            File.Delete(file);
        await File.WriteAllTextAsync(Path.Combine(_folder, "search.db"), new string('x', 8192), Ct);
        using var reopened = Open();
        Assert.Equal(0, await new SqliteMessageSearch(reopened).PositionAsync(tenant, Ct));
    }

    private SqliteSearchFile Open() => new(new StorageSettings { DataDirectory = _folder }, _statements, TimeProvider.System);
}
