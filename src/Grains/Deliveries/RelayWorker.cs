using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Bounces;
using Platform.Grains.Work;
using Platform.Storage.Messages;

namespace Platform.Grains.Deliveries;

/// <summary>
/// Claims deliveries that are due and relays them, bounded by way, tenant and destination (<see cref="RelayPlaces"/>). A lease is short and renewed while its
/// transmission runs, so that what a killed process held is soon due again; a transmission whose lease is lost is dropped.
/// After the next hop's 250 nothing stands between but our commit, which is tried until it works or the lease is gone:
/// in that window alone can a message go out twice.
/// </summary>
internal sealed partial class RelayWorker(
    IMessageFlow flow,
    IWorkSignal signal,
    RouteFinder routes,
    DeliveryRelay relay,
    NoticeWriter notices,
    FlowSettings settings,
    TimeProvider clock,
    ILogger<RelayWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan CommitRetry = TimeSpan.FromMilliseconds(250);

    private readonly WorkSlots _slots = new(RelayPlaces.Most(settings.Relay));
    private readonly RelayPlaces _places = new(settings.Relay);

    /// <summary>Claims what is due, up to the free slots, and returns when all of it has ended. Gives the number of transmissions begun.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var (started, _) = await StartWorkAsync(cancellationToken);
        await _slots.WhenIdleAsync(cancellationToken);
        return started;
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
        if (await StartWorkAsync(cancellationToken) == (0, 0))
            await signal.WaitRelaysAsync(settings.Relay.Poll, cancellationToken);
    }

    private async Task<(int Started, int Returned)> StartWorkAsync(CancellationToken cancellationToken)
    {
        var (started, returned) = (0, 0);
        foreach (var lease in await flow.ClaimRelaysAsync(_slots.Free, settings.Relay.Lease, cancellationToken))
        {
            var route = await routes.FindAsync(lease, CancellationToken.None);
            if (_places.TryEnter(lease, route, out var wait) is { } place)
            {
                _slots.Start(() => RelayAsync(lease, route, place));
                started++;
            }
            else
            {
                await flow.ReturnRelayAsync(lease, clock.GetUtcNow() + wait, CancellationToken.None);
                returned++;
            }
        }

        return (started, returned);
    }

    private async Task RelayAsync(RelayLease lease, RelayRoute route, IDisposable place)
    {
        using (place)
        using (var attempt = CancellationTokenSource.CreateLinkedTokenSource(_slots.Interrupted))
        {
            using var keeping = new CancellationTokenSource();
            var keeper = KeepLeaseAsync(lease, attempt, keeping.Token);
            try
            {
                var result = await relay.AttemptAsync(lease, route, attempt.Token);
                await CompleteAsync(lease, result, attempt.Token);
            }
            catch (OperationCanceledException) when (attempt.IsCancellationRequested)
            {
                LogDropped(lease.DeliveryId);
            }
            catch (Exception exception)
            {
                // The lease runs out and the delivery is claimed again.
                LogBroken(lease.DeliveryId, exception);
            }
            finally
            {
                await keeping.CancelAsync();
                await keeper;
            }
        }
    }

    private async Task CompleteAsync(RelayLease lease, RelayResult result, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (!await flow.CompleteRelayAsync(lease, result, CancellationToken.None))
                {
                    LogLeaseLost(lease.DeliveryId);
                    await notices.DiscardAsync(NoticeOf(result), CancellationToken.None);
                }
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogCommitRetry(lease.DeliveryId, exception);
                await Task.Delay(CommitRetry, clock, cancellationToken);
            }
        }
    }

    private static NewMessage? NoticeOf(RelayResult result) => result switch
    {
        RelayResult.Delivered { Notice: var notice } => notice,
        RelayResult.Failed { Bounce: var bounce } => bounce,
        _ => null,
    };

    /// <summary>Renews the lease at a third of its time; cancels the attempt once the lease is lost for sure.</summary>
    private async Task KeepLeaseAsync(RelayLease lease, CancellationTokenSource attempt, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + settings.Relay.Lease;
        using var rounds = new PeriodicTimer(settings.Relay.Lease / 3, clock);
        try
        {
            while (await rounds.WaitForNextTickAsync(cancellationToken))
            {
                var asked = clock.GetUtcNow();
                if (await TryExtendAsync(lease, cancellationToken) is not { } kept)
                {
                    if (clock.GetUtcNow() < until)
                        continue;
                    kept = false;
                }
                if (!kept)
                {
                    LogLeaseLost(lease.DeliveryId);
                    await attempt.CancelAsync();
                    return;
                }
                until = asked + settings.Relay.Lease;
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended.
        }
    }

    /// <returns>Null when the storage gave no answer.</returns>
    private async Task<bool?> TryExtendAsync(RelayLease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await flow.ExtendRelayAsync(lease, settings.Relay.Lease, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogOutage(exception);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage does not answer; the relay waits.")]
    private partial void LogOutage(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} broke; its lease will run out.")]
    private partial void LogBroken(Guid deliveryId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of delivery {DeliveryId} could not be written; it is tried again.")]
    private partial void LogCommitRetry(Guid deliveryId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of delivery {DeliveryId} was lost.")]
    private partial void LogLeaseLost(Guid deliveryId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {DeliveryId} was interrupted; it will be tried again.")]
    private partial void LogDropped(Guid deliveryId);
}
