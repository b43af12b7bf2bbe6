using System.Globalization;
using Platform.Grains.Sending;
using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Sending;

namespace Platform.Api.Smtp.Submission;

/// <summary>Accepts what is submitted within the limits of who sends it (OUT3): what is over them gets no 250, and what gets one is counted.</summary>
internal sealed class SendGate(ISendGuard guard, IMessageFlow flow)
{
    /// <summary>A count begins anew when its process dies, or a person unblocks the sender: once is the rule.</summary>
    private const int MaxTries = 5;

    private static readonly SmtpReply Full = new(451, "4.7.1", "Your organisation has reached its limit of sending for now, try again later");

    private static readonly SmtpReply Busy = new(451, "4.3.2", "Too many messages of this account at once, try again later");

    public static SmtpReply Blocked(DateTimeOffset until) => new(
        451, "4.7.1", string.Create(CultureInfo.InvariantCulture, $"Sending from this account is blocked until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; ask your administrator"));

    /// <summary>The reply to a session whose mailbox is blocked; null: it is not.</summary>
    /// <param name="mayEnd">The session is that of the mailbox alone.</param>
    public async ValueTask<SmtpReply?> RefusalAsync(Guid mailboxId, bool mayEnd, CancellationToken cancellationToken) => await guard.FindBlockAsync(mailboxId, cancellationToken) switch
    {
        null => null,
        { EndsSessions: true } when mayEnd => new SmtpReply(421, "4.7.1", "Sending from this account is blocked; this session ends"),
        var block => Blocked(block.Until),
    };

    /// <exception cref="StorageFullException">No room; nothing was accepted.</exception>
    public async Task<(SmtpReply? Refusal, ScanLease? Lease)> AcceptAsync(TenantSettings tenant, NewMessage message, CancellationToken cancellationToken)
    {
        var clearance = await guard.ReserveAsync(tenant, message, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            if (Refusal(clearance) is { } refusal)
                return (refusal, null);
            var cleared = message with { Permits = clearance.Permits };
            try
            {
                // Not cancelled: a commit whose outcome is unknown would be answered 451 and come again as a double.
                var leases = await flow.AcceptAsync([cleared], CancellationToken.None);
                await guard.SettleAsync(cleared, accepted: true);
                return (null, leases[0]);
            }
            catch (SendBlockedException blocked)
            {
                await guard.SettleAsync(cleared, accepted: false);
                return (Blocked(blocked.Until), null);
            }
            catch (StorageFullException)
            {
                await guard.SettleAsync(cleared, accepted: false);
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

    private static SmtpReply? Refusal(SendClearance clearance) => clearance.Status switch
    {
        SendClearanceStatus.Cleared => null,
        SendClearanceStatus.Blocked => Blocked(clearance.Until!.Value),
        SendClearanceStatus.PlaceIsFull => Full,
        _ => Busy,
    };
}
