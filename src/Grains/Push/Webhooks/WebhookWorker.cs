using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Work;
using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.Push.Webhooks;

/// <summary>
/// Turns events into deliveries, tries those that are due, and forgets old ones. All state is in rows, so any number of processes may run
/// it. A try whose outcome cannot be written is tried again once its lease ends: in that window alone comes an event twice.
/// </summary>
internal sealed partial class WebhookWorker(
    IWebhookQueue queue, WebhookSender sender, WebhookSignal signal, PushSettings settings, TimeProvider clock, ILogger<WebhookWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly WorkSlots _slots = new(settings.Webhooks.Concurrency);
    private readonly WebhookTurns _turns = new(settings.Webhooks);
    private DateTimeOffset _forgetAt = DateTimeOffset.MinValue;

    /// <summary>Takes over what the feeds hold, tries what is due, and returns when all of it has ended. Gives the number of tries begun.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await FollowAsync(cancellationToken))
        {
        }

        var started = await StartWorkAsync(cancellationToken);
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
        var followed = await FollowAsync(cancellationToken);
        if (await StartWorkAsync(cancellationToken) == 0 && !followed)
            await signal.WaitAsync(settings.Webhooks.Poll, cancellationToken);
        await ForgetAsync(cancellationToken);
    }

    /// <returns>Whether an endpoint came on.</returns>
    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var followed = false;
        foreach (var backlog in await queue.BehindAsync(cancellationToken))
        {
            if (backlog.Pending < settings.Webhooks.MaxPending)
                followed |= await queue.FollowAsync(backlog, settings.Webhooks.Page, cancellationToken);
        }

        return followed;
    }

    private async Task<int> StartWorkAsync(CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var work in await queue.DueAsync(cancellationToken))
        {
            var free = Math.Min(_turns.Free(work), _slots.Free);
            if (free <= 0)
                continue;
            foreach (var lease in await queue.ClaimAsync(work.EndpointId, free, settings.Webhooks.Lease, cancellationToken))
            {
                var turn = _turns.Enter(work);
                _slots.Start(() => DeliverAsync(lease, turn));
                started++;
            }
        }

        return started;
    }

    private async Task DeliverAsync(WebhookLease lease, IDisposable turn)
    {
        using (turn)
        {
            try
            {
                var result = await sender.TryAsync(lease, _slots.Interrupted);
                if (!await queue.CompleteAsync(lease, result, CancellationToken.None))
                    LogLeaseLost(lease.DeliveryId);
            }
            catch (OperationCanceledException) when (_slots.Interrupted.IsCancellationRequested)
            {
                LogDropped(lease.DeliveryId);
            }
            catch (Exception exception)
            {
                LogBroken(lease.DeliveryId, exception);
            }
        }

        signal.Ready();
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _forgetAt)
            return;
        if (await queue.ForgetAsync(now - settings.Webhooks.Kept, cancellationToken) == 0)
            _forgetAt = now + ForgetEvery;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage does not answer; webhooks wait.")]
    private partial void LogOutage(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook delivery {DeliveryId} broke; its lease will run out.")]
    private partial void LogBroken(Guid deliveryId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of webhook delivery {DeliveryId} was lost.")]
    private partial void LogLeaseLost(Guid deliveryId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook delivery {DeliveryId} was interrupted; it will be tried again.")]
    private partial void LogDropped(Guid deliveryId);
}
