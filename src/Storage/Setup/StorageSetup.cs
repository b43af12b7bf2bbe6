using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.Storage.Bodies;
using Platform.Storage.Keys;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Setup;

internal sealed partial class StorageSetup(
    StorageSettings settings,
    PlatformKeys keys,
    IPlatformDbSource contexts,
    IReadConnections reads,
    BodyFolders folders,
    SoleProcess process,
    StorageReadiness readiness,
    TimeProvider time,
    ILogger<StorageSetup> logger) : IStorageSetup
{
    /// <summary>Silence longer than this looks like a hang.</summary>
    private static readonly TimeSpan SayAfter = TimeSpan.FromSeconds(2);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        MakeDataFolder();
        keys.Check();
        folders.Prepare();
        if (settings.SoleProcess)
            await process.TakeFolderAsync(cancellationToken);
        await MigrateAsync(cancellationToken);
        await CheckKeyFitsAsync(cancellationToken);
        if (settings.SoleProcess)
            await process.TakeBackLeasesAsync(cancellationToken);
        // The names of the database's files, too, outlive a power cut from here on.
        FolderFlush.Flush(settings.DataDirectory);
        readiness.Set();
    }

    private void MakeDataFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                System.IO.Directory.CreateDirectory(settings.DataDirectory);
            else
                System.IO.Directory.CreateDirectory(settings.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(settings.DataDirectory, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StorageSetupException(
                $"The data folder '{Path.GetFullPath(settings.DataDirectory)}' cannot be written; create it and give it to the user this program runs as, or name another by Data:Directory.", exception);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts.OpenForSetup();
        using var alone = settings.Provider == StorageProvider.Embedded ? await LockAsync(cancellationToken) : null;
        try
        {
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count == 0)
                return;
            if (settings.Provider == StorageProvider.Embedded)
                await DropAbandonedLockAsync(context, cancellationToken);
            context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            var started = time.GetTimestamp();
            var migrating = context.Database.MigrateAsync(cancellationToken);
            using var ticks = new PeriodicTimer(SayAfter, time);
            while (await Task.WhenAny(migrating, ticks.WaitForNextTickAsync(cancellationToken).AsTask()) != migrating)
                StillMigrating(pending.Count, time.GetElapsedTime(started).TotalSeconds);
            await migrating;
            if (settings.Provider == StorageProvider.Postgres)
                await PostgresStatistics.WithholdAsync(context, cancellationToken);
            Migrated(pending.Count, time.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or SqliteException)
        {
            throw new StorageSetupException($"The database cannot be opened or brought up to date: {exception.Message} Check Storage:ConnectionString and that the server runs.", exception);
        }
    }

    /// <summary>One process at a time brings the file up to date; the lock goes when its process ends, however that is.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(settings.DataDirectory, ".setup.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                WaitingForSetup();
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    /// <summary>Entity Framework locks by a row, which a killed process leaves behind for ever. We hold the true lock.</summary>
    private static Task<int> DropAbandonedLockAsync(PlatformDb context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);

    private async Task CheckKeyFitsAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var (tenant, wrapped) = await sql.FirstAsync("SELECT id, wrapped_key FROM tenants LIMIT 1", row => (row.GetGuid(0), row.GetFieldValue<byte[]>(1)), cancellationToken);
        if (wrapped is null)
            return;
        try
        {
            keys.UnwrapTenantKey(tenant, wrapped);
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw new StorageSetupException("The platform key is not the one this data was encrypted with; give the right key (Storage:PlatformKey or Storage:PlatformKeyFile).", exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Database migrated: {Count} steps in {Seconds:0.0} s")]
    private partial void Migrated(int count, double seconds);

    [LoggerMessage(LogLevel.Information, "Migrating the database: {Count} steps, {Seconds:0} s so far")]
    private partial void StillMigrating(int count, double seconds);

    [LoggerMessage(LogLevel.Information, "Waiting for another process that is setting up the same data folder")]
    private partial void WaitingForSetup();
}
