using Microsoft.Extensions.DependencyInjection;
using Platform.Storage.Setup;

namespace Platform.Storage.Tests.Support;

/// <summary>Databases brought up to date once in a run. Each test begins with a copy: migrating takes seconds, and it is not what the tests are about.</summary>
internal static class MigratedDatabases
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Files = new(MakeFilesAsync);

    /// <summary>Puts the embedded databases into a data folder, up to date and empty.</summary>
    public static async Task CopyToAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in await Files.Value)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content, cancellationToken);
    }

    /// <summary>Brings a database of PostgreSQL up to date; nothing is connected to it afterwards, so that it can be copied.</summary>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("migrated-").FullName;
        await PrepareAsync(
            new StorageSettings { DataDirectory = folder, PlatformKey = TestKey, Provider = StorageProvider.Postgres, ConnectionString = connectionString + ";Pooling=false" }, cancellationToken);
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static string TestKey => Convert.ToBase64String(new byte[32]);

    private static async Task<IReadOnlyDictionary<string, byte[]>> MakeFilesAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("migrated-").FullName;
        await PrepareAsync(new StorageSettings { DataDirectory = folder, PlatformKey = TestKey }, CancellationToken.None);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var files = System.IO.Directory.GetFiles(folder, "*.db").ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);
        System.IO.Directory.Delete(folder, recursive: true);
        return files;
    }

    private static async Task PrepareAsync(StorageSettings settings, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPlatformStorage(settings);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IStorageSetup>().PrepareAsync(cancellationToken);
    }
}
