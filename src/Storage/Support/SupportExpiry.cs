using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Setup;

namespace Platform.Storage.Support;

/// <summary>Tells the tenant that a support access is over. That it is over holds without this: the edge looks at the time itself.</summary>
internal sealed partial class SupportExpiry(ISupportAccess support, StorageReadiness readiness, TimeProvider time, ILogger<SupportExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Every, time);
        try
        {
            await readiness.Prepared.WaitAsync(stoppingToken);
            do
            {
                await ExpireAsync(stoppingToken);
            }
            while (await ticks.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            await support.ExpireAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or Messages.StorageFullException)
        {
            NotExpired(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is over of support access could not be written; the next round tries again")]
    private partial void NotExpired(Exception exception);
}
