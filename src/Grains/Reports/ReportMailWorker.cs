using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;

namespace Platform.Grains.Reports;

/// <summary>Answers people who forward suspicious mail.</summary>
internal sealed partial class ReportMailWorker(ReportMailRun run, FlowSettings settings, TimeProvider clock, ILogger<ReportMailWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await run.RunAsync(cancellationToken) == 0)
            await Task.Delay(settings.Digests.OrderPoll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails to report addresses met trouble; they are tried again.")]
    private partial void LogTrouble(Exception exception);
}
