using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Reports;

/// <summary>Plans the reports of days that have ended, sends those that are due, and forgets what is old.</summary>
internal sealed partial class TlsReportWorker(TlsReportRun run, ITlsReports reports, IMtaStsStore policies, FlowSettings settings, TimeProvider clock, ILogger<TlsReportWorker> logger) : BackgroundService
{
    private static readonly TimeSpan PlanEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _planned = DateTimeOffset.MinValue;

    /// <returns>False when nothing was to be done.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _planned >= PlanEvery)
        {
            if (settings.Transport.SendsReports)
                await reports.PlanAsync(cancellationToken);
            await reports.TrimAsync(TransportDay.Of(now - settings.Transport.Kept), cancellationToken);
            await policies.TrimAsync(now - settings.Transport.Kept, cancellationToken);
            _planned = now;
        }

        return await run.RunOnceAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Transport.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A report on TLS met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
