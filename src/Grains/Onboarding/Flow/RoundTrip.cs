using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Grains.Bounces;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Scopes;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>Sends a test mail in by SMTP as the outside does, and follows it through inspection to its delivery.</summary>
internal sealed class RoundTrip(SmtpClient smtp, IBounceSender outside, IPlatformDbFactory databases, FlowSettings settings, TimeProvider clock)
{
    public async Task<FlowFinding> SendAsync(TestMail mail, CancellationToken cancellationToken)
    {
        var (hosts, error) = await HostsAsync(SmtpAddress.Split(mail.To).Domain, cancellationToken);
        foreach (var host in hosts)
        {
            try
            {
                await using var body = new MemoryStream(mail.ToBytes());
                var outgoing = new SmtpMail("", mail.To, "NEVER", null, SmtpParameters.None, new OutgoingContent(ReadOnlyMemory<byte>.Empty, body, HeaderIsAscii: true));
                return await smtp.SendAsync(host, outgoing, cancellationToken) switch
                {
                    SmtpOutcome.Accepted => new FlowFinding(FlowStepState.Passed, "sent", ("mailbox", mail.To), ("host", host.ToString())),
                    SmtpOutcome.Refused { Reply: var reply } => new FlowFinding(FlowStepState.Failed, "send-refused", ("mailbox", mail.To), ("host", host.ToString()), ("reply", reply.Text)),
                    SmtpOutcome.Impossible { Text: var text } => new FlowFinding(FlowStepState.Failed, "send-refused", ("mailbox", mail.To), ("host", host.ToString()), ("reply", text)),
                    var other => throw new InvalidOperationException($"No such outcome: {other}."),
                };
            }
            catch (SmtpTransportException exception)
            {
                error = exception.Message;
            }
        }

        return new FlowFinding(FlowStepState.Failed, "send-unreachable", ("error", error));
    }

    public async Task<FlowFinding> InspectAsync(Guid tenantId, TestMail mail, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var message = await UntilAsync(
            tenantId,
            async db => await Mine(db, mail, since).Where(row => row.Verdict != null).Select(row => new Seen(row.Verdict!.Value)).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return message is null
            ? new FlowFinding(FlowStepState.Failed, "inspect-late")
            : new FlowFinding(FlowStepState.Passed, "inspected", ("verdict", message.Verdict.ToString()));
    }

    public async Task<FlowFinding> DeliverAsync(Guid tenantId, TestMail mail, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var end = await UntilAsync(
            tenantId,
            async db => await db.Deliveries.AsNoTracking().Where(row => Mine(db, mail, since).Any(message => message.Id == row.MessageId))
                .Where(row => row.State != DeliveryState.Received && row.State != DeliveryState.Queued && row.State != DeliveryState.Released)
                .Select(row => new Ended(row.State, row.LastStatus)).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return end switch
        {
            null => new FlowFinding(FlowStepState.Failed, "deliver-late", ("mailbox", mail.To)),
            { State: DeliveryState.Delivered } => new FlowFinding(FlowStepState.Passed, "delivered", ("mailbox", mail.To)),
            { State: DeliveryState.Quarantined or DeliveryState.Held or DeliveryState.Rejected } => new FlowFinding(FlowStepState.Failed, "deliver-stopped", ("mailbox", mail.To)),
            _ => new FlowFinding(FlowStepState.Failed, "deliver-failed", ("mailbox", mail.To), ("error", end.Status ?? "")),
        };
    }

    private static IQueryable<MessageRow> Mine(PlatformDb db, TestMail mail, DateTimeOffset since) =>
        db.Messages.AsNoTracking().Where(row => row.ReceivedAt >= since && row.MessageIdHeader == mail.Id);

    private async Task<(IReadOnlyList<SmtpHost> Hosts, string Error)> HostsAsync(string domain, CancellationToken cancellationToken)
    {
        if (settings.Onboarding.Listener is { } listener)
            return ([new SmtpHost(settings.Hostname, listener, TlsPolicy.May)], "");
        return await outside.FindAsync(domain, cancellationToken) switch
        {
            OutsideHosts.Found { Hosts: var hosts } => (hosts, ""),
            OutsideHosts.Never { Text: var text } => ([], text),
            OutsideHosts.Later { Text: var text } => ([], text),
            var other => throw new InvalidOperationException($"No such answer: {other}."),
        };
    }

    /// <summary>Null when it was not found within the patience.</summary>
    private async Task<T?> UntilAsync<T>(Guid tenantId, Func<PlatformDb, Task<T?>> find, CancellationToken cancellationToken)
        where T : class
    {
        var end = clock.GetUtcNow() + settings.Onboarding.Patience;
        while (true)
        {
            await using (var db = databases.Open(Scope.System(tenantId, FlowCheckRun.Actor)))
            {
                if (await find(db) is { } found)
                    return found;
            }

            if (clock.GetUtcNow() >= end)
                return null;
            await Task.Delay(settings.Onboarding.Look, clock, cancellationToken);
        }
    }

    private sealed record Seen(VerdictKind Verdict);

    private sealed record Ended(DeliveryState State, string? Status);
}
