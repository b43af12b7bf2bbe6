using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Outgoing;

namespace Platform.Grains.Outgoing;

/// <summary>
/// Ends the stages of outgoing mail whose time is over, and reminds approvers. What it found is guarded by the state in the database, so
/// that any number of workers, and one that was frozen in the middle, end each stage once.
/// </summary>
internal sealed partial class StageWorker(IOutgoingMail outgoing, FlowSettings settings, TimeProvider clock, ILogger<StageWorker> logger) : BackgroundService
{
    private const int Page = 100;

    /// <returns>How many stages and reminders were due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken) =>
        await outgoing.EndDueAsync(Page, cancellationToken) + await outgoing.RemindAsync(Page, cancellationToken);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await RunOnceAsync(cancellationToken) == 0)
            await Task.Delay(settings.Outgoing.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stages of outgoing mail met trouble; they are tried again.")]
    private partial void LogTrouble(Exception exception);
}
