using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>Bounds what is submitted (OUT3): asked before a message is accepted, told what became of it.</summary>
public interface ISendGuard
{
    /// <summary>Lets the message through, or says why not. Where a limit of the mailbox is exceeded, it is blocked.</summary>
    Task<SendClearance> ReserveAsync(TenantSettings tenant, NewMessage message, CancellationToken cancellationToken);

    /// <summary>The message was not accepted because a count holds no more: asks anew.</summary>
    Task<SendClearance> ReserveAgainAsync(TenantSettings tenant, NewMessage message, SendPermitException stale, CancellationToken cancellationToken);

    /// <summary>What became of a message that was let through.</summary>
    Task SettleAsync(NewMessage message, bool accepted);

    /// <summary>Until when a mailbox is blocked; null: it is not.</summary>
    Task<SendBlock?> FindBlockAsync(Guid mailboxId, CancellationToken cancellationToken);
}

public enum SendClearanceStatus
{
    Cleared,

    /// <summary>The mailbox exceeded a limit and is blocked.</summary>
    Blocked,

    /// <summary>The message alone is more than a limit: it can be accepted at no time.</summary>
    TooMuch,

    /// <summary>The mailbox is at a limit by what it sent before a block that has ended: later there is room.</summary>
    MailboxIsFull,

    /// <summary>The mailboxes of a group or tenant together reached a limit, or a server of the tenant's own did.</summary>
    PlaceIsFull,

    /// <summary>It could not be told in time.</summary>
    Busy,
}

/// <param name="Permits">To accept the message with.</param>
/// <param name="Until">End of the block.</param>
public sealed record SendClearance(SendClearanceStatus Status, IReadOnlyList<SendPermit> Permits, DateTimeOffset? Until = null)
{
    /// <summary>That is in the way; null where none is.</summary>
    public SendLimit? Limit { get; init; }
}

internal sealed class SendGuard(IGrainFactory grains, IPolicyBook policies, ISendLedger ledger, ISendBlocks blocks, TimeProvider time) : ISendGuard
{
    /// <summary>For what is being accepted this moment.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    private const int MaxWaits = 100;

    public Task<SendBlock?> FindBlockAsync(Guid mailboxId, CancellationToken cancellationToken) => blocks.FindAsync(mailboxId, cancellationToken);

    public Task<SendClearance> ReserveAsync(TenantSettings tenant, NewMessage message, CancellationToken cancellationToken) => ReserveAsync(tenant, message, null, cancellationToken);

    public async Task<SendClearance> ReserveAgainAsync(TenantSettings tenant, NewMessage message, SendPermitException stale, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(stale);
        await SettleAsync(message, accepted: false);
        return await ReserveAsync(tenant, message, message.Permits.FirstOrDefault(permit => permit.SubjectId == stale.SubjectId), cancellationToken);
    }

    public async Task SettleAsync(NewMessage message, bool accepted)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var permit in message.Permits)
            await Window(new SendSubject(message.TenantId, permit.Kind, permit.SubjectId)).SettleAsync(message.Id, accepted);
    }

    private async Task<SendClearance> ReserveAsync(TenantSettings tenant, NewMessage message, SendPermit? stale, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(message);
        if (message.SenderId is not { } sender)
            return new SendClearance(SendClearanceStatus.Cleared, []);
        var policy = (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(message.SenderMailboxId);
        var bounds = SendBounds.Of(policy, new SendSubject(tenant.Id, message.SenderMailboxId is null ? SendSubjectKind.Connector : SendSubjectKind.Mailbox, sender));
        var load = await LoadAsync(message, sender, bounds, cancellationToken);
        if (bounds.SelectMany(bound => bound.Limits).FirstOrDefault(limit => SendCounts.IsAlwaysExceeded(limit, load)) is { } never)
            return new SendClearance(SendClearanceStatus.TooMuch, []) { Limit = never };
        List<SendPermit> permits = [];
        foreach (var bound in bounds)
        {
            var answer = await AskAsync(bound, message.Id, load, stale?.SubjectId == bound.Subject.Id ? stale.Epoch : null, cancellationToken);
            if (answer.Outcome == SendOutcome.Allowed)
            {
                permits.Add(new SendPermit(bound.Subject.Id, answer.Epoch) { Kind = bound.Subject.Kind });
                continue;
            }

            await SettleAsync(message with { Permits = permits }, accepted: false);
            if (answer.Outcome == SendOutcome.Busy)
                return new SendClearance(SendClearanceStatus.Busy, []);
            if (bound.Subject.Kind == SendSubjectKind.Mailbox)
                return await OverAsync(bound.Subject, answer.Limit!, policy, cancellationToken);
            // A server of the tenant's own is no account that was stolen: it comes again.
            await blocks.TotalReachedAsync(bound.Subject, (bound.Subject.Kind == SendSubjectKind.Connector ? "" : "total.") + answer.Limit!.Name, cancellationToken);
            return new SendClearance(SendClearanceStatus.PlaceIsFull, []);
        }

        return new SendClearance(SendClearanceStatus.Cleared, permits);
    }

    /// <summary>A mailbox that has sent nothing since a block, which has ended by itself, and is at its limit still, is put off until the window has room.</summary>
    private async Task<SendClearance> OverAsync(SendSubject mailbox, SendLimit limit, EffectivePolicy policy, CancellationToken cancellationToken)
    {
        var isJudged = await blocks.FindLatestAsync(mailbox.Id, cancellationToken) is { } since && !(await ledger.SentAsync(mailbox, since, cancellationToken)).Any(sent => sent.Messages > 0);
        var until = isJudged
            ? (await blocks.FindAsync(mailbox.Id, cancellationToken))?.Until
            : await blocks.ExceededAsync(mailbox.TenantId, mailbox.Id, limit.Name, policy.BlockOf(), policy.BlockEndsOf(), cancellationToken);
        return new SendClearance(until is null ? SendClearanceStatus.MailboxIsFull : SendClearanceStatus.Blocked, [], until) { Limit = limit };
    }

    private async Task<SendAnswer> AskAsync(SendBound bound, Guid messageId, SendLoad load, long? stale, CancellationToken cancellationToken)
    {
        var window = Window(bound.Subject);
        for (var waits = 0; ; waits++)
        {
            var answer = await window.ReserveAsync(new SendRequest(messageId, load, bound.Limits, stale));
            if (answer.Outcome != SendOutcome.Busy || waits == MaxWaits)
                return answer;
            await Task.Delay(Wait, time, cancellationToken);
        }
    }

    private async Task<SendLoad> LoadAsync(NewMessage message, Guid sender, IReadOnlyList<SendBound> bounds, CancellationToken cancellationToken)
    {
        var outside = message.Deliveries.Count(delivery => delivery.MailboxId is null);
        var asksNew = bounds.Any(bound => bound.Limits.Any(limit => limit.Measure == SendMeasure.New));
        var fresh = asksNew ? await ledger.CountNewAsync(sender, [.. message.Deliveries.Select(delivery => delivery.Recipient)], cancellationToken) : 0;
        return new SendLoad(1, message.Deliveries.Count - outside, outside, fresh);
    }

    private ISendWindowGrain Window(SendSubject subject) => grains.GetGrain<ISendWindowGrain>(SendWindowKey.Of(subject));
}
