using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Orleans.TestingHost;
using Platform.Grains.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Sending;
using Platform.Storage.Setup;
using Platform.Storage.Tracking;

namespace Platform.Cluster.Tests.Support;

/// <summary>A cluster of two silos over one store, with a clock and a directory that the test sets.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly string _folder;
    private readonly ServiceProvider _spool;

    private TwoSilos(InProcessTestCluster cluster, string folder, ServiceProvider spool, FakeTimeProvider time, SettableDirectory directory)
    {
        _cluster = cluster;
        _folder = folder;
        _spool = spool;
        Time = time;
        Directory = directory;
    }

    public FakeTimeProvider Time { get; }

    public SettableDirectory Directory { get; }

    /// <summary>The storage that grains and edges share. Its tenants and mailboxes need not be there.</summary>
    public IServiceProvider Spool => _spool;

    public IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos];

    public static async Task<TwoSilos> StartAsync(Store store, PostgresServer postgres)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grains-").FullName;
        var storage = new StorageSettings { DataDirectory = folder };
        if (store == Store.Postgres)
            storage = storage with { Provider = StorageProvider.Postgres, ConnectionString = await postgres.NewDatabaseAsync(TestContext.Current.CancellationToken) };

        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var directory = new SettableDirectory();
        var spool = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddPlatformStorage(storage with { MayCreateKey = true })
            .BuildServiceProvider();
        await spool.GetRequiredService<IStorageSetup>().PrepareAsync(TestContext.Current.CancellationToken);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IRecipientDirectory>(directory);
            silo.Services.AddSingleton(spool.GetRequiredService<ISendLedger>());
            silo.Services.AddSingleton(spool.GetRequiredService<IReadLedger>());
            silo.Services.AddKeyedSingleton<TimeProvider>(SiloHosting.GrainClock, time);
            silo.AddPlatformGrains(new SiloSettings { Storage = storage });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TwoSilos(cluster, folder, spool, time, directory);
    }

    /// <summary>The store as a second activation of the same grain would use it, behind the back of the first.</summary>
    public async Task<(IGrainStorage Storage, GrainState<TState> State)> BehindAsync<TState>(string name, GrainId id)
        where TState : new()
    {
        var storage = Silos[1].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(SiloHosting.StorageName);
        var state = new GrainState<TState>(new TState());
        await storage.ReadStateAsync(name, id, state);
        return (storage, state);
    }

    /// <summary>Which silo holds the grain now.</summary>
    public async Task<InProcessSiloHandle> HolderOfAsync(GrainId id)
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Grains.GetGrain(id));
        return Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _spool.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }
}

public enum Store
{
    Sqlite,
    Postgres,
}
