using Platform.Storage.Setup;

namespace Platform.Grains.Hosting;

/// <summary>How this process takes part in the cluster of grains.</summary>
public sealed record SiloSettings
{
    /// <summary>Where grain state lies: a SQLite file of its own below the data folder, or the platform's PostgreSQL database.</summary>
    public required StorageSettings Storage { get; init; }

    /// <summary>False: this process is the whole cluster, reached on loopback only. True: many find each other in PostgreSQL.</summary>
    public bool Clustered { get; init; }

    /// <summary>Address under which the other silos reach this one; a clustered silo needs it.</summary>
    public System.Net.IPAddress? Address { get; init; }

    /// <summary>Port for the other silos; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Silos of the same name form a cluster.</summary>
    public string ClusterId { get; init; } = "platform";

    internal string GrainFile => Path.Combine(Storage.DataDirectory, "grains.db");

    internal string ConnectionString => Storage.Provider == StorageProvider.Postgres
        ? Storage.ConnectionString!
        : $"Data Source={GrainFile}";

    /// <exception cref="StorageSetupException">Says which setting is missing.</exception>
    internal void Validate()
    {
        if (Clustered && Storage.Provider != StorageProvider.Postgres)
            throw new StorageSetupException("A cluster of several machines needs Storage:Provider 'postgres'; SQLite serves one process.");
        if (Clustered && Address is null)
            throw new StorageSetupException("A clustered silo needs the address under which the others reach it.");
    }
}
