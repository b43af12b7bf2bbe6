using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Cluster.Tests.Support;
using Platform.Grains.Accounts;
using Platform.Grains.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Setup;

namespace Platform.Cluster.Tests.Hosting;

public sealed class SiloHostingTests(PostgresServer postgres) : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("silo-").FullName;

    private static readonly AccountPlace s_place = new("192.0.2.1", "JP", 2500, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_machine_needs_nothing_but_its_data_folder()
    {
        using var host = Silo(new SiloSettings { Storage = new StorageSettings { DataDirectory = _folder } });
        await host.StartAsync(Cancel);
        var account = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(AccountKey.Of(Guid.NewGuid(), "taro@acme.test"));

        await account.SeenAsync(s_place);
        Assert.Equal([s_place], await account.PlacesAsync());

        await host.StopAsync(Cancel);
        Assert.True(File.Exists(Path.Combine(_folder, "grains.db")));
    }

    [Fact]
    public async Task State_is_there_after_a_restart()
    {
        var settings = new SiloSettings { Storage = new StorageSettings { DataDirectory = _folder } };
        var key = AccountKey.Of(Guid.NewGuid(), "taro@acme.test");
        using (var first = Silo(settings))
        {
            await first.StartAsync(Cancel);
            await first.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(key).SeenAsync(s_place);
            await first.StopAsync(Cancel);
        }

        using var second = Silo(settings);
        await second.StartAsync(Cancel);
        Assert.Equal([s_place], await second.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(key).PlacesAsync());
        await second.StopAsync(Cancel);
    }

    [Fact]
    public async Task Machines_find_each_other_in_PostgreSQL()
    {
        var settings = new SiloSettings
        {
            Storage = new StorageSettings { DataDirectory = _folder, Provider = StorageProvider.Postgres, ConnectionString = await postgres.NewDatabaseAsync(Cancel) },
            Clustered = true,
            Address = IPAddress.Loopback,
        };
        using var first = Silo(settings);
        using var second = Silo(settings);
        await Task.WhenAll(first.StartAsync(Cancel), second.StartAsync(Cancel));

        var hosts = await second.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, Cancel);
        var key = AccountKey.Of(Guid.NewGuid(), "taro@acme.test");
        await first.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(key).SeenAsync(s_place);

        Assert.Equal(2, hosts.Count);
        Assert.Equal([s_place], await second.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(key).PlacesAsync());
        await first.StopAsync(Cancel);
        await second.StopAsync(Cancel);
    }

    [Fact]
    public void A_cluster_on_SQLite_is_refused() =>
        Assert.Throws<StorageSetupException>(() => Silo(new SiloSettings { Storage = new StorageSettings { DataDirectory = _folder }, Clustered = true, Address = IPAddress.Loopback }));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static IHost Silo(SiloSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IRecipientDirectory>(new SettableDirectory());
        builder.AddPlatformSilo(settings);
        return builder.Build();
    }
}
