using System.Globalization;
using Platform.Grains.Sending;
using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Sending;

namespace Platform.Api.Smtp.Submission;

/// <summary>Accepts what is submitted within the limits of who sends it (OUT3): what is over them gets no 250, and what gets one is counted.</summary>
internal sealed partial class SendGate(ISendGuard guard, ILogger<SendGate> logger)
{
    /// <summary>A count begins anew when its process dies, or a person unblocks the sender: once is the rule.</summary>
    private const int MaxTries = 5;

    private static readonly SmtpReply Full = new(451, "4.7.1", "Your organisation has reached its limit of sending for now, try again later");

    private static readonly SmtpReply MailboxFull = new(451, "4.7.1", "This account has reached its limit of sending for now, try again later");

    private static readonly SmtpReply Busy = new(451, "4.3.2", "Too many messages of this account at once, try again later");

    public static SmtpReply Blocked(DateTimeOffset until) => new(
        451, "4.7.1", string.Create(CultureInfo.InvariantCulture, $"Sending from this account is blocked until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; ask your administrator"));

    /// <summary>The reply to a session whose mailbox is blocked; null: it is not. One that was open when the block began ends, and the next is told the time.</summary>
    /// <param name="mayEnd">The session is that of the mailbox alone.</param>
    public async ValueTask<SmtpReply?> RefusalAsync(SmtpPeer peer, Guid mailboxId, bool mayEnd, CancellationToken cancellationToken) => await guard.FindBlockAsync(mailboxId, cancellationToken) switch
    {
        null => null,
        { EndsSessions: true } block when mayEnd && peer.StartedAt <= block.Since => new SmtpReply(421, "4.7.1", "Sending from this account is blocked; this session ends"),
        var block => Blocked(block.Until),
    };

    /// <param name="commit">Accepts the message as it was let through; the reply follows from it alone.</param>
    /// <exception cref="StorageFullException">No room; nothing was accepted.</exception>
    public async Task<(SmtpReply? Refusal, ScanLease? Lease)> AcceptAsync(
        TenantSettings tenant, NewMessage message, Func<NewMessage, Task<ScanLease?>> commit, CancellationToken cancellationToken)
    {
        var clearance = await guard.ReserveAsync(tenant, message, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            if (Refusal(clearance) is { } refusal)
                return (refusal, null);
            var cleared = message with { Permits = clearance.Permits };
            try
            {
                var lease = await commit(cleared);
                await SettleAsync(cleared, accepted: true);
                return (null, lease);
            }
            catch (SendBlockedException blocked)
            {
                await SettleAsync(cleared, accepted: false);
                return (Blocked(blocked.Until), null);
            }
            catch (StorageFullException)
            {
                await SettleAsync(cleared, accepted: false);
                throw;
            }
            catch (SendPermitException) when (tries == MaxTries)
            {
                return (Busy, null);
            }
            catch (SendPermitException stale)
            {
                clearance = await guard.ReserveAgainAsync(tenant, cleared, stale, cancellationToken);
            }
        }
    }

    /// <summary>What a count is not told it finds in the spool before long; the message is accepted or not all the same.</summary>
    private async Task SettleAsync(NewMessage message, bool accepted)
    {
        try
        {
            await guard.SettleAsync(message, accepted);
        }
        catch (Exception problem)
        {
            LogUntold(message.Id, problem);
        }
    }

    private static SmtpReply? Refusal(SendClearance clearance) => clearance.Status switch
    {
        SendClearanceStatus.Cleared => null,
        SendClearanceStatus.Blocked => Blocked(clearance.Until!.Value),
        SendClearanceStatus.TooMuch => TooMuch(clearance.Limit!),
        SendClearanceStatus.MailboxIsFull => MailboxFull,
        SendClearanceStatus.PlaceIsFull => Full,
        _ => Busy,
    };

    /// <summary>It fits no window, so that trying again is of no use.</summary>
    private static SmtpReply TooMuch(SendLimit limit) => new(
        550, "5.7.1", string.Create(CultureInfo.InvariantCulture, $"This message alone is over the limit of sending, {limit.Most} ({limit.Name}); send it to fewer at a time or ask your administrator"));

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of message {MessageId} could not be told to the count of its sender.")]
    private partial void LogUntold(Guid messageId, Exception exception);
}
