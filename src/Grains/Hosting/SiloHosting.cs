using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Platform.Grains.Accounts;
using Platform.Grains.Inspection;
using Platform.Grains.Mailboxes;
using Platform.Grains.Sending;
using Platform.Storage.Purging;
using Platform.Storage.Setup;

namespace Platform.Grains.Hosting;

public static class SiloHosting
{
    internal const string StorageName = "grains";
    internal const string ServiceId = "platform";

    /// <summary>Key of the clock that grains decide by; the runtime of Orleans keeps its timers on the unkeyed one.</summary>
    internal const string GrainClock = "grains";

    /// <summary>The names by which the Orleans providers know the two databases.</summary>
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string PostgresInvariant = "Npgsql";

    /// <summary>Makes the host a silo and registers what callers of grains use, <see cref="IMailboxHistories"/> among it.</summary>
    /// <exception cref="StorageSetupException">The settings do not fit together.</exception>
    public static IHostApplicationBuilder AddPlatformSilo(this IHostApplicationBuilder builder, SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        builder.Services.AddSingleton<ISenderHistory, MailboxSenderHistory>();
        builder.Services.AddSingleton<ISenderMemory, MailboxSenderMemory>();
        builder.Services.AddSingleton<ISendGuard, SendGuard>();
        builder.UseOrleans(silo => silo.UsePlatformCluster(settings).AddPlatformGrains(settings));
        return builder;
    }

    /// <summary>State of grains and the services around them; how silos find each other is left to the caller.</summary>
    internal static ISiloBuilder AddPlatformGrains(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddKeyedSingleton(GrainClock, static (services, _) => services.GetRequiredService<TimeProvider>());
        silo.Services.AddSingleton(settings);
        silo.Services.AddSingleton<GrainSchema>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<GrainSchema>());
        silo.Services.AddSingleton<IMailboxHistories, MailboxHistories>();
        silo.Services.AddSingleton<IAccountPlaces, AccountPlaces>();
        silo.AddAdoNetGrainStorage(StorageName, options =>
        {
            options.Invariant = Invariant(settings);
            options.ConnectionString = settings.ConnectionString;
            options.GrainStorageSerializer = new GrainStateSerializer();
        });
        return silo;
    }

    private static ISiloBuilder UsePlatformCluster(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = settings.ClusterId;
            options.ServiceId = ServiceId;
        });
        var address = settings.Clustered ? settings.Address! : IPAddress.Loopback;
        var port = settings.Port > 0 ? settings.Port : FreePort(address);
        if (settings.Clustered)
        {
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = PostgresInvariant;
                options.ConnectionString = settings.ConnectionString;
            });
        }
        else
        {
            silo.UseLocalhostClustering(port, serviceId: ServiceId, clusterId: settings.ClusterId);
        }

        // No gateway: grains are called from the processes of the cluster only.
        return silo.ConfigureEndpoints(address, port, gatewayPort: 0, listenOnAnyHostAddress: false);
    }

    private static string Invariant(SiloSettings settings) =>
        settings.Storage.Provider == StorageProvider.Postgres ? PostgresInvariant : SqliteInvariant;

    private static int FreePort(IPAddress address)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
