using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Identity;
using Platform.Storage.Setup;

namespace Platform.Api.Tests.Hosting;

/// <summary>A data folder with the seed in it, made once in a run: each platform under test begins with a copy instead of migrating and planting for itself.</summary>
internal sealed class SeededFolder
{
    private static readonly Lazy<Task<SeededFolder>> Made = new(MakeAsync);

    private readonly IReadOnlyDictionary<string, (byte[] Content, UnixFileMode? Mode)> _files;

    private SeededFolder(Seed seed, IReadOnlyDictionary<string, (byte[] Content, UnixFileMode? Mode)> files)
    {
        Seed = seed;
        _files = files;
    }

    public Seed Seed { get; }

    public static async Task<Seed> CopyToAsync(string folder)
    {
        var made = await Made.Value;
        foreach (var (name, (content, mode)) in made._files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content);
            if (mode is { } bits && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, bits);
        }

        return made.Seed;
    }

    private static async Task<SeededFolder> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("api-tests-seed-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Services.AddPlatformStorage(new StorageSettings { DataDirectory = folder, MayCreateKey = true });
        builder.Services.AddPlatformApi(new ApiSettings { DataDirectory = folder, AllowPlainHttp = true, CreateMissingKeys = true });
        Seed seed;
        await using (var app = builder.Build())
        {
            await app.Services.GetRequiredService<IStorageSetup>().PrepareAsync(CancellationToken.None);
            await app.Services.GetRequiredService<IIdentitySetup>().PrepareAsync(CancellationToken.None);
            seed = await Seed.PlantAsync(app.Services);
            await seed.PlantClientsAsync(app.Services);
        }

        SqliteConnection.ClearAllPools();
        // Keys of tokens are each platform's own.
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith("token-", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => (File.ReadAllBytes(file), ModeOf(file)));
        Directory.Delete(folder, recursive: true);
        return new SeededFolder(seed, files);
    }

    private static UnixFileMode? ModeOf(string file) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(file);
}
