using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Bodies;

namespace Platform.Grains.Imports;

/// <summary>Runs import jobs one at a time. A stop gives the job back; the next run goes on where it stood.</summary>
internal sealed partial class ImportWorker(
    ImportJobs jobs, ImportRun run, IBodyStore bodies, ImportSignal signal, FlowSettings settings, TimeProvider clock, ILogger<ImportWorker> logger)
    : BackgroundService
{
    /// <summary>Runs one job that waits, to its end. False when none waits.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await jobs.ClaimAsync(cancellationToken) is not { } job)
            return false;
        try
        {
            await run.GoAsync(job, cancellationToken);
            await EndAsync(job, error: null);
        }
        catch (ImportFormatException exception)
        {
            await EndAsync(job, exception.Message);
        }
        catch (Exception exception) when (exception is BodyMissingException or CryptographicException)
        {
            await EndAsync(job, "The uploaded file is gone or was changed.");
        }
        catch (ImportLeaseLostException)
        {
            LogLeaseLost(job.Id);
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
            await signal.WaitAsync(settings.Imports.Poll, cancellationToken);
    }

    private async Task EndAsync(ImportJob job, string? error)
    {
        if (!await jobs.EndAsync(job, error, CancellationToken.None))
        {
            LogLeaseLost(job.Id);
            return;
        }
        LogEnded(job.Id, error ?? "done");
        await bodies.DeleteAsync(job.Body, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import job {JobId} ended: {End}")]
    private partial void LogEnded(Guid jobId, string end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of import job {JobId} was lost.")]
    private partial void LogLeaseLost(Guid jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An import job met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
