using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Inspection;
using Platform.Storage.Departures;

namespace Platform.Grains.Retention;

/// <summary>Carries out deletions of tenants whose days of grace are over.</summary>
internal sealed partial class DepartureWorker(ITenantDepartures departures, FlowSettings settings, TimeProvider clock, ILogger<DepartureWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var outage = new OutageBackoff(clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await departures.RunOnceAsync(settings.Retention.DepartureLease, stoppingToken))
                    await Task.Delay(settings.Retention.Poll, clock, stoppingToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The deletion of a tenant met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
