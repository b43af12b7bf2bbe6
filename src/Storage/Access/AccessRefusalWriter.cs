using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Storage.Setup;

namespace Platform.Storage.Access;

/// <summary>Writes counted attempts every few seconds, and what is left at the end.</summary>
internal sealed partial class AccessRefusalWriter(IAccessRefusals refusals, StorageReadiness ready, TimeProvider time, ILogger<AccessRefusalWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ready.Prepared.IsCompletedSuccessfully)
            await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.Prepared.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await WriteAsync(stoppingToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await refusals.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused logins could not be recorded; trying again")]
    private partial void Failed(Exception exception);
}
