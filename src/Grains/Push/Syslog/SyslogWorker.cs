using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Push.Syslog;

namespace Platform.Grains.Push.Syslog;

/// <summary>Holds a connection for each enabled target that no other process holds.</summary>
internal sealed partial class SyslogWorker(ISyslogQueue queue, SyslogStream stream, PushSettings settings, TimeProvider clock, ILogger<SyslogWorker> logger) : BackgroundService
{
    private readonly WorkSlots _slots = new(settings.Syslog.Connections);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _slots.EndAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogOutage, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        await _slots.WhenFreeAsync(cancellationToken);
        foreach (var lease in await queue.ClaimAsync(_slots.Free, settings.Syslog.Lease, cancellationToken))
            _slots.Start(() => FollowAsync(lease, cancellationToken));
        await Task.Delay(settings.Syslog.Poll, clock, cancellationToken);
    }

    private async Task FollowAsync(SyslogLease lease, CancellationToken stoppingToken)
    {
        try
        {
            await stream.RunAsync(lease, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
        catch (Exception exception)
        {
            LogBroken(lease.TargetId, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage does not answer; syslog waits.")]
    private partial void LogOutage(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Syslog target {TargetId} broke; its lease will run out.")]
    private partial void LogBroken(Guid targetId, Exception exception);
}
