using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Inspection;
using Platform.Storage.Purging;

namespace Platform.Grains.Retention;

/// <summary>Sees purges to their end: files, index, remembered senders, free space, receipt.</summary>
internal sealed partial class PurgeWorker(IPurgeCompletion completion, FlowSettings settings, TimeProvider clock, ILogger<PurgeWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var outage = new OutageBackoff(clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await completion.RunOnceAsync(stoppingToken))
                    await completion.WaitAsync(settings.Retention.PurgePoll, stoppingToken);
                outage.Over();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogTrouble(exception);
                await outage.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A purge met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
