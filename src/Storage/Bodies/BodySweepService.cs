using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Setup;

namespace Platform.Storage.Bodies;

/// <summary>Sweeps the body store at start and a few times a day, beside the mail.</summary>
internal sealed partial class BodySweepService(BodySweep sweep, StorageReadiness ready, TimeProvider time, ILogger<BodySweepService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.Prepared.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The body store could not be swept; trying again later")]
    private partial void Failed(Exception exception);
}
