using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Pressure;
using Platform.Grains.Work;
using Platform.Storage.Retention;

namespace Platform.Grains.Retention;

/// <summary>Lets mail expire, tenant by tenant and batch by batch. Mail that comes in goes first.</summary>
internal sealed partial class RetentionWorker(IRetentionRuns runs, IntakePressure pressure, FlowSettings settings, TimeProvider clock, ILogger<RetentionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan StepUnderPressure = TimeSpan.FromSeconds(1);

    /// <summary>Runs one tenant's retention to its end. False when none is due.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await runs.ClaimAsync(settings.Retention.Lease, cancellationToken) is not { } run)
            return false;
        try
        {
            while (!run.IsOver)
            {
                run = await runs.StepAsync(run, settings.Retention.Batch, settings.Retention.Lease, cancellationToken) ?? throw new RetentionLeaseLostException();
                if (pressure.IsHigh)
                    await Task.Delay(StepUnderPressure, clock, cancellationToken);
            }

            await runs.EndAsync(run, settings.Retention.Every, CancellationToken.None);
            if (run.Content + run.Messages > 0)
                LogExpired(run.TenantId, run.Content, run.Messages, run.Held);
        }
        catch (RetentionLeaseLostException)
        {
            LogLeaseLost(run.TenantId);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await runs.ReturnAsync(run, CancellationToken.None);
            throw;
        }

        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.Retention.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention of tenant {TenantId}: content of {Content} messages and {Messages} whole messages expired, {Held} are held.")]
    private partial void LogExpired(Guid tenantId, int content, int messages, int held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of tenant {TenantId}'s retention was lost.")]
    private partial void LogLeaseLost(Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Retention met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
