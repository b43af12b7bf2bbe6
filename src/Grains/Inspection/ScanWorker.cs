using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Pressure;
using Platform.Grains.Work;
using Platform.Storage.Messages;

namespace Platform.Grains.Inspection;

/// <summary>
/// Claims messages that wait for inspection, as many as there are scanners, and inspects them. On stop it lets running scans
/// finish; when the host's patience ends they are interrupted and their messages are due again at once.
/// </summary>
internal sealed partial class ScanWorker(
    IMessageFlow flow, IWorkSignal signal, MessageInspector inspector, IntakePressure pressure, FlowSettings settings, TimeProvider clock, ILogger<ScanWorker> logger)
    : BackgroundService
{
    /// <summary>Between two claims while mails flood in: slow enough to leave the machine to them, fast enough that none waits for ever.</summary>
    private static readonly TimeSpan StepUnderPressure = TimeSpan.FromMilliseconds(200);

    private readonly WorkSlots _slots = new(settings.Inspection.Concurrency);

    /// <summary>Claims what is due, up to the free scanners, and returns when all of it is inspected. Gives the number claimed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var claimed = await StartWorkAsync(cancellationToken);
        await _slots.WhenIdleAsync(cancellationToken);
        return claimed;
    }

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
        if (pressure.IsHigh)
            await Task.Delay(StepUnderPressure, clock, cancellationToken);
        if (await StartWorkAsync(cancellationToken) == 0)
            await signal.WaitScansAsync(settings.Inspection.Poll, cancellationToken);
    }

    private async Task<int> StartWorkAsync(CancellationToken cancellationToken)
    {
        var leases = await flow.ClaimScansAsync(_slots.Free, settings.Inspection.Lease, cancellationToken);
        foreach (var lease in leases)
            _slots.Start(() => InspectAsync(lease));
        return leases.Count;
    }

    private async Task InspectAsync(ScanLease lease)
    {
        try
        {
            await inspector.InspectAsync(lease, rejectionPossible: false, _slots.Interrupted);
        }
        catch (OperationCanceledException) when (_slots.Interrupted.IsCancellationRequested)
        {
            LogInterrupted(lease.MessageId);
        }
        catch (Exception exception)
        {
            // The lease runs out and the message is claimed again.
            LogBroken(lease.MessageId, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage does not answer; scans wait.")]
    private partial void LogOutage(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The inspection of message {MessageId} broke; its lease will run out.")]
    private partial void LogBroken(Guid messageId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The inspection of message {MessageId} was interrupted by the stop.")]
    private partial void LogInterrupted(Guid messageId);
}
