using Microsoft.Extensions.Logging;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Transactions;

namespace Platform.Storage.Setup;

/// <summary>
/// SQLite serves one process. The one that starts waits for the one before it to drain, then holds the data folder until it
/// ends, however that is; and since whoever held a lease is gone, it takes every lease back instead of waiting them out.
/// Attempts stay counted: a message that ends the process each time is held all the same.
/// </summary>
internal sealed partial class SoleProcess(StorageSettings settings, IMoveRunner moves, TimeProvider time, ILogger<SoleProcess> logger) : IDisposable
{
    /// <summary>Longer than the process before may take to drain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private FileStream? _held;

    /// <exception cref="StorageSetupException">Another process keeps the data folder.</exception>
    public async Task TakeFolderAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(settings.DataDirectory, ".process.lock");
        var started = time.GetTimestamp();
        while (!TryHold(file))
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                throw new StorageSetupException(
                    $"Another process works on the data folder '{Path.GetFullPath(settings.DataDirectory)}'. Stop it, or name another folder by Data:Directory; several processes need Storage:Provider 'postgres'.");
            }

            if (time.GetElapsedTime(started) < Pause)
                Waiting();
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public Task TakeBackLeasesAsync(CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            await session.Sql.ExecuteAsync(
                $"UPDATE messages SET scan_token = NULL, scan_due_at = @now WHERE scan_state = '{nameof(ScanState.Pending)}' AND scan_token IS NOT NULL",
                ct,
                ("@now", session.NowMilliseconds));
            await session.Sql.ExecuteAsync(
                $"UPDATE deliveries SET lease_token = NULL, due_at = @now WHERE lease_token IS NOT NULL AND state IN ('{nameof(DeliveryState.Queued)}', '{nameof(DeliveryState.Released)}')",
                ct,
                ("@now", session.NowMilliseconds));
            return await session.Sql.ExecuteAsync("UPDATE imports SET lease_token = NULL, lease_until = NULL WHERE lease_token IS NOT NULL", ct);
        },
        cancellationToken);

    public void Dispose() => _held?.Dispose();

    private bool TryHold(string file)
    {
        try
        {
            _held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Waiting for the process before this one to leave the data folder")]
    private partial void Waiting();
}
