using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Setup;

namespace Platform.Storage.Events;

/// <summary>Trims the feeds at start and a few times a day, beside the mail. Several processes at once do no harm.</summary>
internal sealed partial class EventTrimService(EventTrim trim, StorageReadiness ready, TimeProvider time, ILogger<EventTrimService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.Prepared.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await trim.RunAsync(stoppingToken) is > 0 and var count)
                    Trimmed(count);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} events older than they are kept were deleted")]
    private partial void Trimmed(long count);

    [LoggerMessage(LogLevel.Warning, "Old events could not be deleted; trying again later")]
    private partial void Failed(Exception exception);
}
