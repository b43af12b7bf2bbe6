using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;

namespace Platform.Storage.Tests.Support;

/// <summary>The whole storage as a host would have it, over a fresh database, with a clock of the test's.</summary>
public sealed class TestStorage : IAsyncDisposable
{
    public const string PlatformKey = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private readonly ServiceProvider _services;
    private readonly string _folder;

    private TestStorage(string folder, StorageSettings settings, ServiceProvider services, FakeTimeProvider time)
    {
        _folder = folder;
        Settings = settings;
        _services = services;
        Time = time;
    }

    public StorageSettings Settings { get; }

    public FakeTimeProvider Time { get; }

    public IRecipientDirectory Directory => Get<IRecipientDirectory>();

    public IDirectoryCommands Commands => Get<IDirectoryCommands>();

    public static async Task<TestStorage> CreateAsync(IStorageBackend backend, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("storage-test-").FullName;
        var settings = await backend.CreateAsync(folder, cancellationToken);
        return await OpenAsync(folder, settings, cancellationToken);
    }

    /// <summary>A second process on the same data, as far as the storage can tell.</summary>
    public Task<TestStorage> OpenAgainAsync(CancellationToken cancellationToken) => OpenAsync(_folder, Settings, cancellationToken);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public PlatformDb Open(Scope scope) => Get<IPlatformDbFactory>().Open(scope);

    public async Task<Guid> AddTenantAsync(string slug, CancellationToken cancellationToken, Guid? mspId = null)
    {
        var tenant = await Commands.CreateTenantAsync(new NewTenant(slug, slug, "en", mspId, "maildir:out", [], null), "test", cancellationToken);
        Assert.Null(tenant.Code);
        var scope = Scope.System(tenant.Value, "test");
        Assert.Null((await Commands.AddDomainAsync(scope, tenant.Value, slug + ".test", cancellationToken)).Code);
        Assert.Null((await Commands.AddMailboxAsync(scope, tenant.Value, $"info@{slug}.test", "Info", cancellationToken)).Code);
        return tenant.Value;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public async Task DisposeAndDeleteAsync()
    {
        await DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TestStorage> OpenAsync(string folder, StorageSettings settings, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddPlatformStorage(settings);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await provider.GetRequiredService<IStorageSetup>().PrepareAsync(cancellationToken);
        return new TestStorage(folder, settings, provider, time);
    }
}
