using Microsoft.Extensions.DependencyInjection;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Setup;

public sealed class StorageSetupTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("setup-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_key_is_refused_with_the_name_of_the_setting() =>
        Assert.Contains("Storage__PlatformKey", (await RefusedAsync(new StorageSettings { DataDirectory = _folder })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_key_of_the_wrong_length_is_refused() =>
        Assert.Contains("32 bytes", (await RefusedAsync(new StorageSettings { DataDirectory = _folder, PlatformKey = "c2hvcnQ=" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_named_key_file_that_is_not_there_is_refused_by_name() =>
        Assert.Contains("/no/such.key", (await RefusedAsync(new StorageSettings { DataDirectory = _folder, PlatformKeyFile = "/no/such.key" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Development_makes_a_key_that_only_its_user_reads()
    {
        var settings = new StorageSettings { DataDirectory = _folder, MayCreateKey = true };
        await PrepareAsync(settings);
        Assert.True(File.Exists(settings.DefaultKeyFile));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings.DefaultKeyFile));
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
            Parts.Missing("Unix file modes");
        else
        {
            var settings = new StorageSettings { DataDirectory = _folder, MayCreateKey = true };
            await PrepareAsync(settings);
            File.SetUnixFileMode(settings.DefaultKeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", (await RefusedAsync(settings)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Data_of_another_key_is_refused()
    {
        await using (var storage = await TestStorage.CreateAsync(new FixedFolder(_folder), Ct))
            await storage.AddTenantAsync("acme", Ct);
        var other = new StorageSettings { DataDirectory = _folder, PlatformKey = Convert.ToBase64String(new byte[32]) };
        Assert.Contains("not the one", (await RefusedAsync(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_refused_by_path()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Ct);
        Assert.Contains(file, (await RefusedAsync(new StorageSettings { DataDirectory = Path.Combine(file, "data"), PlatformKey = TestStorage.PlatformKey })).Message, StringComparison.Ordinal);
    }

    private static Task<StorageSetupException> RefusedAsync(StorageSettings settings) => Assert.ThrowsAsync<StorageSetupException>(() => PrepareAsync(settings));

    private static async Task PrepareAsync(StorageSettings settings)
    {
        await using var services = new ServiceCollection().AddLogging().AddPlatformStorage(settings).BuildServiceProvider();
        await services.GetRequiredService<IStorageSetup>().PrepareAsync(Ct);
    }

    private sealed class FixedFolder(string folder) : IStorageBackend
    {
        public Task<StorageSettings> CreateAsync(string dataDirectory, CancellationToken cancellationToken)
        {
            System.IO.Directory.Delete(dataDirectory);
            return Task.FromResult(new StorageSettings { DataDirectory = folder, PlatformKey = TestStorage.PlatformKey });
        }
    }
}
