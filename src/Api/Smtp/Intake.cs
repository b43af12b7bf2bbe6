using System.Globalization;
using Platform.Api.Smtp.Submission;
using Platform.Grains.Deliveries;
using Platform.Grains.Inspection;
using Platform.Grains.Pressure;
using Platform.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Sending;

namespace Platform.Api.Smtp;

/// <summary>
/// From the end of DATA to the reply: bodies sealed, rows committed, and, where policy may reject, the verdict awaited.
/// 250 is answered only after all of it is durable (docs/guarantees.md, Receiving).
/// </summary>
internal sealed partial class Intake(
    IBodyStore bodies, IMessageFlow flow, MessageInspector inspector, IntakePressure pressure, SendGate gate, IntakeSettings settings, TimeProvider clock, ILogger<Intake> logger) : IDisposable
{
    private static readonly SmtpReply Loop = new(550, LoopGuard.Status, "This message goes round in circles; it was refused so that it ends here");

    private static readonly SmtpReply NotYourDomain = new(550, "5.7.1", "The From field must name an address in a domain of the organisation that this server sends for");

    private static readonly SmtpReply NotYourName = new(550, "5.7.1", "The From field must name an address of the mailbox that is logged in");

    /// <summary>Each scan holds its message in memory, so that only so many sessions scan at a time; the others wait for their turn.</summary>
    private readonly SemaphoreSlim scans = new(settings.SessionScans);

    public IBodyStore Bodies => bodies;

    /// <exception cref="StorageFullException">No room; nothing was accepted.</exception>
    public async Task<SmtpReply> AcceptAsync(
        SmtpPeer peer, SmtpTransaction transaction, IReadOnlyList<IntakeGroup> groups, List<IBodyWriter> writers, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        if (LoopGuard.Inspect(header.Span, settings.PlatformId).IsLoop)
            return Loop;

        // Whoever sends is told at once what is refused; whoever sends from elsewhere only where policy refuses anything.
        var scanNow = groups is [{ Mode: IntakeMode.Submission }] or [{ Mode: IntakeMode.Gateway, Tenant.RejectsAnything: true }];
        var messages = await SealAsync(peer, transaction, groups, writers, scanNow ? settings.SessionLease : null, cancellationToken);
        pressure.Arrived();
        var (refused, first) = await CommitAsync(groups, messages, cancellationToken);
        if (refused is not null)
            return refused;
        LogAccepted(messages[0].Id, groups.Count, peer.SessionId);

        if (first is { } lease && await RejectedAsync(lease, cancellationToken) is { } refusal)
            return refusal;
        return new SmtpReply(250, "2.0.0", string.Create(CultureInfo.InvariantCulture, $"Accepted as {messages[0].Id}"));
    }

    public void Dispose() => scans.Dispose();

    private async Task<List<NewMessage>> SealAsync(
        SmtpPeer peer, SmtpTransaction transaction, IReadOnlyList<IntakeGroup> groups, List<IBodyWriter> writers, TimeSpan? scanLease, CancellationToken cancellationToken)
    {
        var receivedAt = clock.GetUtcNow();
        var messages = new List<NewMessage>(groups.Count);
        try
        {
            for (var i = 0; i < groups.Count; i++)
            {
                var sealedBody = await writers[i].SealAsync(cancellationToken);
                var draft = groups[i].ToMessage(peer, transaction.Mail, sealedBody, "", receivedAt, scanLease);
                messages.Add(draft with { Prologue = Prologue(peer, transaction, draft, receivedAt) });
            }

            return messages;
        }
        catch
        {
            await DiscardAsync(messages);
            throw;
        }
    }

    /// <returns>The refusal of who sends too much; else the scan lease of the first message where one was asked for.</returns>
    private async Task<(SmtpReply? Refusal, ScanLease? Lease)> CommitAsync(IReadOnlyList<IntakeGroup> groups, List<NewMessage> messages, CancellationToken cancellationToken)
    {
        // Whether rows name the bodies, or may: a commit that broke off says nothing. What none names the sweep finds.
        var mayBeNamed = false;
        try
        {
            if (groups is not [{ Mode: IntakeMode.Submission, Tenant: var tenant }])
                return (null, (await WriteAsync(messages))[0]);
            return await gate.AcceptAsync(tenant, messages[0], async cleared => (await WriteAsync([cleared]))[0], cancellationToken);
        }
        finally
        {
            // No row names them, and the room is wanted.
            if (!mayBeNamed)
                await DiscardAsync(messages);
        }

        async Task<IReadOnlyList<ScanLease?>> WriteAsync(IReadOnlyList<NewMessage> cleared)
        {
            mayBeNamed = true;
            try
            {
                // Not cancelled: a commit whose outcome is unknown would be answered 451 and come again as a double.
                return await flow.AcceptAsync(cleared, CancellationToken.None);
            }
            catch (Exception problem) when (problem is StorageFullException or SendBlockedException or SendPermitException)
            {
                mayBeNamed = false;
                throw;
            }
        }
    }

    private async Task DiscardAsync(List<NewMessage> messages)
    {
        foreach (var message in messages)
        {
            try
            {
                await bodies.DeleteAsync(message.Body.Reference, CancellationToken.None);
            }
            catch (Exception problem) when (problem is IOException or StorageFullException)
            {
                // The sweep finds it later; the sender is told the first failure.
                LogNotDiscarded(message.Id, problem);
            }
        }
    }

    /// <summary>The refusal when policy rejects every delivery within the wait; null when the message stays accepted.</summary>
    /// <exception cref="Exception">Whether a rejection stands is not known. Only a temporary reply is then safe: after 250 a rejected mail would be lost.</exception>
    private async Task<SmtpReply?> RejectedAsync(ScanLease lease, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(settings.SessionScanWait);
        var entered = false;
        try
        {
            await scans.WaitAsync(wait.Token);
            entered = true;
            var outcome = await inspector.InspectAsync(lease, rejectionPossible: true, wait.Token);
            if (!outcome.IsRejected)
                return null;
            return outcome.Decisions.All(decision => decision.Why?.Basis == DecisionBasis.Sender)
                ? lease.ConnectorId is null ? NotYourName : NotYourDomain
                : new SmtpReply(550, "5.7.1", string.Create(CultureInfo.InvariantCulture, $"Message refused by policy, reference {lease.MessageId}"));
        }
        catch (OperationCanceledException) when (entered)
        {
            // The message is safe and due for the scan worker, which quarantines what it can no longer reject.
            return null;
        }
        catch (StorageFullException problem)
        {
            // Nothing of the verdict was written, but the message was: when its lease ends the scan worker has it.
            LogScanBroken(lease.MessageId, problem);
            return null;
        }
        catch (Exception problem)
        {
            if (entered)
                LogScanBroken(lease.MessageId, problem);
            if (await flow.ReturnScanAsync(lease, clock.GetUtcNow(), CancellationToken.None))
                return null;
            throw;
        }
        finally
        {
            if (entered)
                scans.Release();
        }
    }

    private string Prologue(SmtpPeer peer, SmtpTransaction transaction, NewMessage message, DateTimeOffset receivedAt) =>
        TraceHeader.Received(peer, transaction, settings.Hostname, receivedAt, message.Id.ToString("N", CultureInfo.InvariantCulture))
        + string.Create(CultureInfo.InvariantCulture, $"{LoopGuard.TraceField}: {settings.PlatformId}; {message.Id}\r\n");

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} accepted for {Tenants} tenant(s) in session {SessionId}.")]
    private partial void LogAccepted(Guid messageId, int tenants, string sessionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The scan of message {MessageId} inside its session broke; the message stays.")]
    private partial void LogScanBroken(Guid messageId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The body of message {MessageId}, which was not accepted, could not be removed.")]
    private partial void LogNotDiscarded(Guid messageId, Exception exception);
}

/// <param name="PlatformId">Names this installation in trace fields.</param>
/// <param name="SessionScans">Sessions that scan at a time.</param>
internal sealed record IntakeSettings(string Hostname, string PlatformId, TimeSpan SessionScanWait, int SessionScans)
{
    /// <summary>How long the session's own scan holds the message: longer than it waits.</summary>
    public TimeSpan SessionLease => SessionScanWait + TimeSpan.FromSeconds(30);
}
