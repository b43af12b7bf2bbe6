using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;

namespace Platform.Grains.Quarantine;

/// <summary>Tells people of mail that is held for them, each by the schedule of their mailbox.</summary>
internal sealed partial class DigestWorker(DigestRun run, FlowSettings settings, TimeProvider clock, ILogger<DigestWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        await run.RunAsync(cancellationToken);
        await Task.Delay(settings.Digests.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Digests met trouble; they are tried again.")]
    private partial void LogTrouble(Exception exception);
}
