using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Purging;

namespace Platform.Grains.Retention;

/// <summary>Sees purges to their end: files, index, remembered senders, free space, receipt.</summary>
internal sealed partial class PurgeWorker(IPurgeCompletion completion, FlowSettings settings, TimeProvider clock, ILogger<PurgeWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await completion.RunOnceAsync(cancellationToken))
            await completion.WaitAsync(settings.Retention.PurgePoll, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A purge met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
