using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Platform.Storage.Setup;

public enum StorageProvider
{
    /// <summary>SQLite below the data folder; one process writes.</summary>
    Embedded,

    /// <summary>PostgreSQL; any number of processes.</summary>
    Postgres,
}

/// <summary>Where the platform keeps its rows, bodies and keys.</summary>
public sealed record StorageSettings
{
    /// <summary>Cursors are promised to hold this long.</summary>
    public const int MinEventDays = 30;

    private const int DefaultEventDays = 90;
    private const int MaxEventDays = 3_650;

    public string DataDirectory { get; init; } = "data";

    public StorageProvider Provider { get; init; } = StorageProvider.Embedded;

    /// <summary>PostgreSQL only.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The platform key, 32 bytes in base64. A secret: from the environment or a secret store, never from a file in the repository.</summary>
    public string? PlatformKey { get; init; }

    /// <summary>A file that holds the platform key in base64. Not below the data folder in production, or a back-up of it would carry the key.</summary>
    public string? PlatformKeyFile { get; init; }

    /// <summary>Makes a missing platform key. In production a missing key is refused instead.</summary>
    public bool MayCreateKey { get; init; }

    /// <summary>This process holds the data folder alone and takes back what one before it left leased; only with <see cref="StorageProvider.Embedded"/>.</summary>
    public bool SoleProcess { get; init; }

    /// <summary>How long events are kept; at least <see cref="MinEventDays"/> days.</summary>
    public TimeSpan EventRetention { get; init; } = TimeSpan.FromDays(DefaultEventDays);

    /// <summary>No tenant keeps anything longer, in days.</summary>
    public int RetentionMaxDays { get; init; } = 3_650;

    /// <summary>Days in which the deletion of a tenant can be taken back.</summary>
    public int TenantDeletionGraceDays { get; init; } = 7;

    /// <summary>A SQLite database up to this size is rewritten after a purge; a larger one by <c>admin compact</c> alone.</summary>
    public long ScrubMaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    public string DatabaseFile => Path.Combine(DataDirectory, "platform.db");

    public string SearchFile => Path.Combine(DataDirectory, "search.db");

    public string BodyDirectory => Path.Combine(DataDirectory, "bodies");

    /// <summary>Where a key is looked for, and in development made, when none is named. Leave <c>keys/</c> out of back-ups of the data folder.</summary>
    public string DefaultKeyFile => Path.Combine(DataDirectory, "keys", "platform.key");

    /// <summary>Reads <c>Data:Directory</c>, <c>Storage:*</c>, <c>Events:RetentionDays</c> and <c>Retention:*</c>.</summary>
    /// <exception cref="StorageSetupException">An unknown provider, PostgreSQL without a connection string, or a number out of range.</exception>
    public static StorageSettings Read(IConfiguration configuration, bool development)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var provider = configuration["Storage:Provider"] switch
        {
            null or "" or "embedded" => StorageProvider.Embedded,
            "postgres" => StorageProvider.Postgres,
            var other => throw new StorageSetupException($"Storage:Provider is '{other}'; it must be 'embedded' or 'postgres'."),
        };
        var connection = configuration["Storage:ConnectionString"];
        if (provider == StorageProvider.Postgres && string.IsNullOrWhiteSpace(connection))
            throw new StorageSetupException("Storage:Provider is 'postgres' but Storage:ConnectionString is missing; set it to the PostgreSQL connection string.");
        return new StorageSettings
        {
            DataDirectory = configuration["Data:Directory"] is { Length: > 0 } directory ? directory : "data",
            Provider = provider,
            ConnectionString = connection,
            PlatformKey = configuration["Storage:PlatformKey"],
            PlatformKeyFile = configuration["Storage:PlatformKeyFile"],
            MayCreateKey = development,
            SoleProcess = provider == StorageProvider.Embedded,
            EventRetention = EventDays(configuration["Events:RetentionDays"]),
            RetentionMaxDays = (int)Number(configuration, "Retention:MaxDays", 3_650, 1, 3_650),
            TenantDeletionGraceDays = (int)Number(configuration, "Retention:TenantDeletionGraceDays", 7, 0, 365),
            ScrubMaxBytes = Number(configuration, "Retention:ScrubMaxBytes", 4L * 1024 * 1024 * 1024, 0, long.MaxValue),
        };
    }

    private static TimeSpan EventDays(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return TimeSpan.FromDays(DefaultEventDays);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= MinEventDays and <= MaxEventDays
            ? TimeSpan.FromDays(days)
            : throw new StorageSetupException($"Events:RetentionDays is '{text}'; it must be a number of days from {MinEventDays} to {MaxEventDays}.");
    }

    private static long Number(IConfiguration configuration, string name, long fallback, long least, long most)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return fallback;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new StorageSetupException($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
    }
}

/// <summary>The storage cannot be used as it is set up. The message says what is wrong and what to do.</summary>
public sealed class StorageSetupException(string message, Exception? inner = null) : Exception(message, inner);
