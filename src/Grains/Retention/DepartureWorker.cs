using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Departures;

namespace Platform.Grains.Retention;

/// <summary>Carries out deletions of tenants whose days of grace are over.</summary>
internal sealed partial class DepartureWorker(ITenantDepartures departures, FlowSettings settings, TimeProvider clock, ILogger<DepartureWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await departures.RunOnceAsync(settings.Retention.DepartureLease, cancellationToken))
            await Task.Delay(settings.Retention.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The deletion of a tenant met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
