using System.Globalization;
using Platform.Grains.Deliveries;
using Platform.Grains.Inspection;
using Platform.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Api.Smtp;

/// <summary>
/// From the end of DATA to the reply: bodies sealed, rows committed, and, where policy may reject, the verdict awaited.
/// 250 is answered only after all of it is durable (docs/guarantees.md, Receiving).
/// </summary>
internal sealed partial class Intake(
    IBodyStore bodies, IMessageFlow flow, MessageInspector inspector, IntakeSettings settings, TimeProvider clock, ILogger<Intake> logger)
{
    private static readonly SmtpReply Loop = new(550, LoopGuard.Status, "This message goes round in circles; it was refused so that it ends here");

    public IBodyStore Bodies => bodies;

    /// <exception cref="StorageFullException">No room; nothing was accepted.</exception>
    public async Task<SmtpReply> AcceptAsync(
        SmtpPeer peer, SmtpTransaction transaction, IReadOnlyList<IntakeGroup> groups, List<IBodyWriter> writers, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        if (LoopGuard.Inspect(header.Span, settings.PlatformId).IsLoop)
            return Loop;

        var receivedAt = clock.GetUtcNow();
        var scanNow = groups is [{ Mode: IntakeMode.Gateway, Tenant.Policy.RejectsAnything: true }];
        var messages = new List<NewMessage>(groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            var sealedBody = await writers[i].SealAsync(cancellationToken);
            var draft = groups[i].ToMessage(peer, transaction.Mail, sealedBody, "", receivedAt, scanNow ? settings.SessionLease : null);
            messages.Add(draft with { Prologue = Prologue(peer, transaction, draft, receivedAt) });
        }

        // Not cancelled from here on: a commit whose outcome is unknown would be answered 451 and come again as a double.
        var leases = await flow.AcceptAsync(messages, CancellationToken.None);
        LogAccepted(messages[0].Id, groups.Count, peer.SessionId);

        if (leases[0] is { } lease && await RejectedAsync(lease, cancellationToken) is { } refusal)
            return refusal;
        return new SmtpReply(250, "2.0.0", string.Create(CultureInfo.InvariantCulture, $"Accepted as {messages[0].Id}"));
    }

    /// <summary>The refusal when policy rejects every delivery within the wait; null when the message stays accepted.</summary>
    private async Task<SmtpReply?> RejectedAsync(ScanLease lease, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(settings.SessionScanWait);
        try
        {
            var outcome = await inspector.InspectAsync(lease, rejectionPossible: true, wait.Token);
            return outcome.IsRejected
                ? new SmtpReply(550, "5.7.1", string.Create(CultureInfo.InvariantCulture, $"Message refused by policy, reference {lease.MessageId}"))
                : null;
        }
        catch (OperationCanceledException)
        {
            // The message is safe and due for the scan worker, which quarantines what it can no longer reject.
            return null;
        }
    }

    private string Prologue(SmtpPeer peer, SmtpTransaction transaction, NewMessage message, DateTimeOffset receivedAt) =>
        TraceHeader.Received(peer, transaction, settings.Hostname, receivedAt, message.Id.ToString("N", CultureInfo.InvariantCulture))
        + string.Create(CultureInfo.InvariantCulture, $"{LoopGuard.TraceField}: {settings.PlatformId}; {message.Id}\r\n");

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} accepted for {Tenants} tenant(s) in session {SessionId}.")]
    private partial void LogAccepted(Guid messageId, int tenants, string sessionId);
}

/// <param name="PlatformId">Names this installation in trace fields.</param>
internal sealed record IntakeSettings(string Hostname, string PlatformId, TimeSpan SessionScanWait)
{
    /// <summary>How long the session's own scan holds the message: longer than it waits.</summary>
    public TimeSpan SessionLease => SessionScanWait + TimeSpan.FromSeconds(30);
}
