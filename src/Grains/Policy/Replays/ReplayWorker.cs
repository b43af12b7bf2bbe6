using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Pressure;
using Platform.Grains.Work;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Policy.Replays;

/// <summary>Runs replays one at a time, page by page. A stop gives the replay back; the next run goes on where it stood. Mail comes first.</summary>
internal sealed partial class ReplayWorker(
    ReplayJobs jobs, IStoredVerdicts verdicts, ReplaySignal signal, IntakePressure pressure, FlowSettings settings, TimeProvider clock, ILogger<ReplayWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan StepUnderPressure = TimeSpan.FromSeconds(1);

    /// <summary>Runs one replay that waits, to its end. False when none waits.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await jobs.ClaimAsync(cancellationToken) is not { } job)
            return false;
        try
        {
            if (await GoAsync(job, cancellationToken) && await jobs.EndAsync(job, error: null, CancellationToken.None))
                LogEnded(job.Id);
            else
                LogLeaseLost(job.Id);
        }
        catch (JsonException exception)
        {
            LogNotRead(job.Id, exception);
            await jobs.EndAsync(job, "A stored verdict cannot be read; the figures are those up to it.", CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await jobs.ReturnAsync(job, CancellationToken.None);
            throw;
        }

        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await signal.WaitAsync(settings.Replays.Poll, cancellationToken);
    }

    /// <returns>False when the lease was lost.</returns>
    private async Task<bool> GoAsync(ReplayJob job, CancellationToken cancellationToken)
    {
        var scope = Scope.System(job.TenantId, "replay");
        var comparison = new ReplayComparison(job.Plan);
        if (job.Place is null)
            job = job with { Total = await verdicts.CountAsync(scope, job.TenantId, job.Period, settings.Replays.MaxMails, cancellationToken) };
        while (true)
        {
            if (!await jobs.SaveAsync(job, cancellationToken))
                return false;
            var room = Math.Min(settings.Replays.Page, settings.Replays.MaxMails - job.Examined);
            var page = room > 0 ? await verdicts.ReadAsync(scope, job.TenantId, job.Period, job.Place, room, comparison.AsksText, cancellationToken) : [];
            if (page.Count == 0)
                return true;
            var tally = job.Tally;
            foreach (var mail in page)
                tally = comparison.Count(tally, mail);
            var examined = job.Examined + page.Count;
            job = job with { Tally = tally, Examined = examined, Total = Math.Max(job.Total, examined), Place = page[^1].Place };
            if (pressure.IsHigh)
                await Task.Delay(StepUnderPressure, clock, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Replay {ReplayId} is done.")]
    private partial void LogEnded(Guid replayId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of replay {ReplayId} was lost.")]
    private partial void LogLeaseLost(Guid replayId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replay {ReplayId} met a verdict that cannot be read.")]
    private partial void LogNotRead(Guid replayId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A replay met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
