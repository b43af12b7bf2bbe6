using Microsoft.Extensions.Logging;
using Platform.Engine.Language;
using Platform.Grains.Notices;
using Platform.Mails;
using Platform.Mails.Templates;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;

namespace Platform.Grains.Quarantine;

/// <summary>
/// Sends the digests that are due. What tells a mail is marked in the transaction that queues the digest, so that none is told twice,
/// whichever process sends it and wherever it stops.
/// </summary>
internal sealed partial class DigestRun(
    IDigests digests, IRecipientDirectory directory, IPolicyBook book, HeldMailLinks links, SystemMailWriter writer, FlowSettings settings, TimeProvider clock, ILogger<DigestRun> logger)
{
    /// <returns>How many digests were queued.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var tenant in await directory.AllTenantsAsync(cancellationToken))
        {
            var policies = await book.OfAsync(tenant, cancellationToken);
            if (!policies.Tenant.TellsOfHeldMail() && !policies.Apart.Values.Any(policy => policy.TellsOfHeldMail()))
                continue;
            var now = clock.GetUtcNow();
            foreach (var waiting in await digests.WaitingAsync(tenant.Id, now - settings.Digests.MaxAge, cancellationToken))
            {
                var policy = policies.OfMailbox(waiting.MailboxId);
                var schedule = policy.DigestOf();
                if (schedule.LastDue(now) is { } due && waiting.Oldest < due && !(waiting.ToldAt > schedule.OneAfter(now)) && await TryAsync(tenant, waiting.MailboxId, policy, due, now, cancellationToken))
                    sent++;
            }
        }

        return sent;
    }

    /// <summary>What goes wrong with one mailbox holds up no other; it is tried again in the next round.</summary>
    private async Task<bool> TryAsync(TenantSettings tenant, Guid mailboxId, EffectivePolicy policy, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(tenant, mailboxId, policy, due, now, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageFullException))
        {
            LogFailed(mailboxId, exception);
            return false;
        }
    }

    private async Task<bool> SendAsync(TenantSettings tenant, Guid mailboxId, EffectivePolicy policy, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var most = settings.Digests.MaxEntries;
        // What comes at this very moment is of the next round, but for an immediate digest, which has no rounds.
        if (await digests.ReadAsync(tenant.Id, mailboxId, now - settings.Digests.MaxAge, due, most + 1, cancellationToken) is not { Held.Count: > 0 } waiting)
            return false;
        var mailbox = waiting with { Held = [.. waiting.Held.Take(most)] };
        var told = mailbox.Held.Where(held => !held.IsByOwner && policy.RightsOf(held.Verdict, held.Decision) != QuarantineRights.None).ToList();
        if (told.Count == 0)
        {
            await digests.TellAsync(mailbox, null, now, cancellationToken);
            return false;
        }

        var digest = policy.DigestOf();
        var words = Wording.Of(digest.Language ?? mailbox.Language ?? tenant.Language);
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + settings.Digests.LinksFor).ToUnixTimeSeconds());
        var template = new DigestMail(
            mailbox.Address, [.. told.Select(held => Entry(tenant, mailbox, held, policy, words, expires))], (int)settings.Digests.LinksFor.TotalDays, waiting.Held.Count > most, digest.Zone);
        var mail = new SystemMail(tenant.Id, mailbox.Address, template, words.Language, links.Stop(tenant.Id, mailbox.Id, expires));
        if (await writer.WriteAsync(mail, cancellationToken) is not { } notice)
            return false;
        return await QueueAsync(mailbox, notice, digest.OneAfter(now) ?? now, cancellationToken);
    }

    private async Task<bool> QueueAsync(DigestMailbox mailbox, NewMessage notice, DateTimeOffset oneAfter, CancellationToken cancellationToken)
    {
        var queued = false;
        try
        {
            // Not cancelled: whether it was written must be known before its body goes.
            queued = await digests.TellAsync(mailbox, notice, oneAfter, CancellationToken.None);
            if (!queued)
                LogNotSent(mailbox.Id);
            cancellationToken.ThrowIfCancellationRequested();
            return queued;
        }
        finally
        {
            if (!queued)
                await writer.DiscardAsync(notice, CancellationToken.None);
        }
    }

    private DigestEntry Entry(TenantSettings tenant, DigestMailbox mailbox, HeldDelivery held, EffectivePolicy policy, Wording words, DateTimeOffset expires) => new(
        ShownSender.Of(held.FromName, held.FromAddress),
        held.Subject ?? "",
        held.Shown is { } verdict ? VerdictText.Name(verdict, words.Culture) : words["verdict.unknown"],
        Why(held, words),
        held.ReceivedAt,
        [.. links.Of(tenant.Id, mailbox.Id, held.Id, held.Shown, held.FromAddress is { Length: > 0 }, policy.RightsOf(held.Verdict, held.Decision), expires).Select(link => (link.Action, link.Url))]);

    /// <summary>What was reported is held for that, and not for what the scan saw in it.</summary>
    private static string? Why(HeldDelivery held, Wording words) => held switch
    {
        { Decision.Basis: DecisionBasis.Reported } => words["held.reported"],
        { Why: { } why } => ReasonText.Render(why, words.Culture),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A digest for mailbox {MailboxId} is put off: another process was first.")]
    private partial void LogNotSent(Guid mailboxId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The digest for mailbox {MailboxId} could not be made.")]
    private partial void LogFailed(Guid mailboxId, Exception exception);
}
