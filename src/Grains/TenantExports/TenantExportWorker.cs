using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Bodies;

namespace Platform.Grains.TenantExports;

/// <summary>Makes exports one at a time and lets old ones expire.</summary>
internal sealed partial class TenantExportWorker(TenantExportJobs jobs, TenantBundle bundle, IBodyStore bodies, FlowSettings settings, TimeProvider clock, ILogger<TenantExportWorker> logger) : BackgroundService
{
    /// <summary>Makes one export that waits. False when none does.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await jobs.ExpireAsync(cancellationToken))
            await bodies.DeleteAsync(new BodyReference(name, []), cancellationToken);
        if (await jobs.ClaimAsync(cancellationToken) is not { } job)
            return false;
        try
        {
            await using var writer = await bodies.CreateAsync(job.TenantId, cancellationToken);
            await using (var stream = new BodyWriterStream(writer))
            {
                await bundle.WriteAsync(
                    job.TenantId, job.WithBodies, stream, clock.GetUtcNow(), (total, done) => jobs.SaveAsync(job, total, done, cancellationToken), cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }

            var body = await writer.SealAsync(cancellationToken);
            if (!await jobs.CompleteAsync(job, body, CancellationToken.None))
                await bodies.DeleteAsync(body.Reference, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await jobs.ReturnAsync(job, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException)
        {
            LogLeaseLost(job.Id);
        }
        catch (Storage.Messages.StorageFullException exception)
        {
            LogFailed(job.Id, exception);
            await jobs.FailAsync(job, "There was no room for the bundle.", CancellationToken.None);
        }

        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await RunOnceAsync(cancellationToken))
            await Task.Delay(settings.TenantExports.Poll, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of export {ExportId} was lost.")]
    private partial void LogLeaseLost(Guid exportId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Export {ExportId} failed.")]
    private partial void LogFailed(Guid exportId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "An export met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
