using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>Writes opens in batches, a moment after they were answered, and what is left at the end. While the storage is away, opens wait as far as there is room.</summary>
internal sealed partial class OpenWriter(OpenQueue queue, IReadStore store, TimeProvider clock, ILogger<OpenWriter> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (Take() is { Count: > 0 } rest && await TryWriteAsync(rest, cancellationToken))
            continue;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            await Task.Delay(s_gather, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var opens = Take();
            // What was taken is written also when the process is told to stop.
            while (!await TryWriteAsync(opens, CancellationToken.None) && !stoppingToken.IsCancellationRequested)
                await Task.Delay(s_again, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<NewOpen> Take()
    {
        var opens = new List<NewOpen>();
        while (opens.Count < Batch && queue.Reader.TryRead(out var open))
            opens.Add(open);
        return opens;
    }

    private async Task<bool> TryWriteAsync(List<NewOpen> opens, CancellationToken cancellationToken)
    {
        try
        {
            await store.NoteAsync(opens, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogTrouble(opens.Count, exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} opens of mails could not be written; it is tried again.")]
    private partial void LogTrouble(int count, Exception exception);
}
