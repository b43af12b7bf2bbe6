using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>Runs checks of mail flow, a few at a time: they wait for others most of the time.</summary>
internal sealed partial class FlowCheckWorker(FlowCheckRun run, IFlowChecks checks, FlowSettings settings, TimeProvider clock, ILogger<FlowCheckWorker> logger) : BackgroundService
{
    private const int AtOnce = 4;

    /// <returns>False when none waits.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await checks.TakeAsync(settings.Onboarding.Lease, cancellationToken) is not { } job)
            return false;
        try
        {
            await run.RunAsync(job, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeaseLost(job.Id);
        }

        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken)));

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Onboarding.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of mail flow check {CheckId} was lost.")]
    private partial void LogLeaseLost(Guid checkId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A check of mail flow met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
