using Platform.Storage.Setup;

namespace Platform.Storage.Tests.Support;

/// <summary>Gives each test a fresh, migrated database and a data folder of its own.</summary>
public interface IStorageBackend
{
    Task<StorageSettings> CreateAsync(string dataDirectory, CancellationToken cancellationToken);
}

public sealed class SqliteBackend : IStorageBackend
{
    public async Task<StorageSettings> CreateAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        await MigratedDatabases.CopyToAsync(dataDirectory, cancellationToken);
        return new StorageSettings { DataDirectory = dataDirectory, PlatformKey = TestStorage.PlatformKey };
    }
}

public sealed class PostgresBackend(PostgresServer server) : IStorageBackend
{
    public async Task<StorageSettings> CreateAsync(string dataDirectory, CancellationToken cancellationToken) => new()
    {
        DataDirectory = dataDirectory,
        PlatformKey = TestStorage.PlatformKey,
        Provider = StorageProvider.Postgres,
        ConnectionString = await server.CreateMigratedAsync(cancellationToken),
    };
}
