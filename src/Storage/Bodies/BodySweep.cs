using System.Globalization;
using Microsoft.Extensions.Logging;
using Platform.Storage.Transactions;

namespace Platform.Storage.Bodies;

/// <summary>
/// Removes what a crash left behind: files never sealed, and sealed bodies whose rows were never committed. A body is
/// only removed when it is an hour old and no row names it. The time up to which all is checked is kept in a file,
/// so that a start looks only at bodies younger than that.
/// </summary>
internal sealed partial class BodySweep(BodyFolders folders, IReadConnections reads, TimeProvider time, ILogger<BodySweep> logger)
{
    private static readonly TimeSpan SafeAge = TimeSpan.FromHours(1);

    /// <returns>Files removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        FileStream alone;
        try
        {
            alone = new FileStream(Path.Combine(folders.Root, ".sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return 0;
        }

        await using (alone)
        {
            var until = time.GetUtcNow() - SafeAge;
            var removed = RemoveUnsealed(until) + await RemoveUnreferencedAsync(until, cancellationToken);
            await File.WriteAllTextAsync(Marker, until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), cancellationToken);
            Swept(removed);
            return removed;
        }
    }

    private string Marker => Path.Combine(folders.Root, ".swept");

    /// <summary>Younger ones may belong to a session of this or another process.</summary>
    private int RemoveUnsealed(DateTimeOffset until) =>
        Remove(new DirectoryInfo(folders.Incoming).EnumerateFiles().Where(f => f.LastWriteTimeUtc < until.UtcDateTime));

    private async Task<int> RemoveUnreferencedAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var since = File.Exists(Marker) && long.TryParse(await File.ReadAllTextAsync(Marker, cancellationToken), out var last)
            ? DateTimeOffset.FromUnixTimeMilliseconds(last)
            : DateTimeOffset.MinValue;
        var candidates = new Dictionary<string, FileInfo>();
        foreach (var folder in BodyFolders.All)
        {
            foreach (var file in new DirectoryInfo(folders.PathOf(folder)).EnumerateFiles())
            {
                if (file.LastWriteTimeUtc >= since.UtcDateTime && file.LastWriteTimeUtc < until.UtcDateTime)
                    candidates.Add($"{folder}/{file.Name}", file);
            }
        }

        if (candidates.Count == 0)
            return 0;
        await using var sql = await reads.OpenAsync(cancellationToken);
        await sql.QueryAsync("SELECT body_name FROM messages UNION ALL SELECT body_name FROM imports UNION ALL SELECT body_name FROM tenant_exports WHERE body_name IS NOT NULL", row => candidates.Remove(row.GetString(0)), cancellationToken);
        return Remove(candidates.Values);
    }

    private static int Remove(IEnumerable<FileInfo> files)
    {
        var count = 0;
        foreach (var file in files)
        {
            file.Delete();
            count++;
        }

        return count;
    }

    [LoggerMessage(LogLevel.Information, "Body store swept: {Count} files left by crashes removed")]
    private partial void Swept(int count);
}
