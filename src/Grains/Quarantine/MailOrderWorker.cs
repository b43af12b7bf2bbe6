using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Grains.Notices;
using Platform.Grains.Work;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;

namespace Platform.Grains.Quarantine;

/// <summary>Writes and queues the mails that were ordered together with what they tell of.</summary>
internal sealed partial class MailOrderWorker(
    IMailOrders orders, OrderedMails mails, SystemMailWriter writer, FlowSettings settings, TimeProvider clock, ILogger<MailOrderWorker> logger) : BackgroundService
{
    private const int Page = 50;

    /// <returns>How many orders were carried out.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var order in await orders.WaitingAsync(Page, settings.Notices.MaxPerHour, cancellationToken))
        {
            try
            {
                done += await SendAsync(order, cancellationToken) == MailOrderOutcome.PutOff ? 0 : 1;
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or StorageFullException))
            {
                // It holds up no other, and is tried again.
                LogFailed(order.Kind, order.TenantId, exception);
            }
        }

        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await RunOnceAsync(cancellationToken) == 0)
            await Task.Delay(settings.Digests.OrderPoll, clock, cancellationToken);
    }

    private async Task<MailOrderOutcome> SendAsync(MailOrder order, CancellationToken cancellationToken)
    {
        var mail = await mails.OfAsync(order, cancellationToken);
        var notice = mail is null ? null : await writer.WriteAsync(mail, cancellationToken);
        var outcome = MailOrderOutcome.Gone;
        try
        {
            outcome = await orders.CompleteAsync(order, notice, settings.Notices.MaxPerHour, CancellationToken.None);
            if (outcome != MailOrderOutcome.Queued)
                LogNotSent(order.Kind, order.TenantId, outcome);
            return outcome;
        }
        finally
        {
            if (outcome != MailOrderOutcome.Queued && notice is { } unsent)
                await writer.DiscardAsync(unsent, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of kind {Kind} of tenant {TenantId} was not sent: {Outcome}.")]
    private partial void LogNotSent(string kind, Guid tenantId, MailOrderOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail of kind {Kind} of tenant {TenantId} could not be made.")]
    private partial void LogFailed(string kind, Guid tenantId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ordered mails met trouble; they are tried again.")]
    private partial void LogTrouble(Exception exception);
}
