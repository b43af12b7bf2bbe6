using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Results;
using Platform.Grains.Bounces;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Protection;
using Platform.Grains.Transport.Policies;
using Platform.Grains.Transport.Reports;
using Platform.Grains.Transport.Signing;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Transport;

namespace Platform.Grains.Deliveries;

/// <summary>One attempt of one delivery: content, loop check, transmission, and what its end means.</summary>
internal sealed partial class DeliveryRelay(
    IBodyStore bodies,
    MaildirWriter maildir,
    RouteGuard guard,
    IBounceSender outside,
    TransportPlanner planner,
    OutgoingSigner signer,
    OutgoingForms forms,
    SmtpClient smtp,
    NoticeWriter notices,
    FlowSettings settings,
    TimeProvider clock,
    ILogger<DeliveryRelay> logger)
{
    /// <summary>As much of a header as is searched for forged results.</summary>
    private const int MaxHeaderBytes = 1024 * 1024;

    private const int MaxResults = 30;

    /// <exception cref="OperationCanceledException">Interrupted; what became of the delivery is not known.</exception>
    public async Task<RelayResult> AttemptAsync(RelayLease lease, RelayRoute route, CancellationToken cancellationToken)
    {
        var tries = new List<TransportSession>();
        using var timer = new CancellationTokenSource(settings.Relay.Attempt, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var result = await TransmitAsync(lease, route, tries, deadline.Token, cancellationToken) switch
        {
            Sent { NextHop: null } => new RelayResult.Delivered("maildir", "Written to the mailbox.")
            {
                Notice = await SuccessNoticeAsync(lease, nextHop: null, ""),
            },
            Sent { NextHop: { } hop } sent => new RelayResult.Delivered(hop, sent.Response)
            {
                Notice = sent.NoticeIsTheirs ? null : await SuccessNoticeAsync(lease, hop, sent.Response),
            },
            NotSent { Failure: var failure } => await FailAsync(lease, failure, cancellationToken),
            var other => throw new InvalidOperationException($"No such end of a transmission: {other}."),
        };
        return result with { Sessions = tries };
    }

    private async Task<RelayResult> FailAsync(RelayLease lease, DeliveryFailure failure, CancellationToken cancellationToken)
    {
        var due = clock.GetUtcNow() + RelayBackoff.WaitAfter(lease.Attempt, lease.DeliveryId, settings.Relay.Backoff);
        if (!failure.IsPermanent)
        {
            if (due - lease.QueuedAt < settings.Relay.MaxAge)
                return new RelayResult.Deferred(failure.Status, failure.Text, due);
            failure = failure with { Status = "4.4.7" };
        }
        try
        {
            return new RelayResult.Failed(failure.Status, failure.Text, await notices.FailureAsync(lease, failure, cancellationToken));
        }
        catch (StorageFullException exception)
        {
            // The sender must hear of it, so the delivery stays until there is room for the notice.
            LogNoRoomForNotice(lease.DeliveryId, exception);
            return new RelayResult.Deferred("4.3.1", failure.Text, due);
        }
    }

    /// <summary>The message has arrived: whatever becomes of the notice, and whoever stops us, that is written down, or it would go out again.</summary>
    private async Task<NewMessage?> SuccessNoticeAsync(RelayLease lease, string? nextHop, string response)
    {
        try
        {
            return await notices.SuccessAsync(lease, nextHop, response, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNoNotice(lease.DeliveryId, exception);
            return null;
        }
    }

    /// <param name="tries">Takes those at mail hosts outside.</param>
    /// <param name="deadline">Of all that comes before the end of the content; after it, the attempt ends by <paramref name="cancellationToken"/> alone.</param>
    private async Task<Transmission> TransmitAsync(RelayLease lease, RelayRoute route, List<TransportSession> tries, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            if (route is RelayRoute.None none)
                return new NotSent(none.Failure);
            if (!SmtpAddress.IsSendable(lease.Recipient) || !SmtpAddress.IsSendable(lease.MailFrom))
                return new NotSent(new DeliveryFailure("5.1.3", "The envelope holds an address that cannot be written in SMTP."));

            await using var stored = await bodies.OpenReadAsync(lease.TenantId, lease.Body, cancellationToken);
            var header = await HeaderAsync(stored, cancellationToken);
            if (LoopGuard.Inspect(header.Span, settings.PlatformId) is { IsLoop: true } loop)
                return new NotSent(new DeliveryFailure(LoopGuard.Status, $"Mail loop: {loop.Received} Received fields, {loop.OwnTraces} of our own traces."));

            var formed = await forms.MakeAsync(lease, stored, cancellationToken);
            if (formed is FormedMail.Stopped stopped)
                return new NotSent(stopped.Failure);
            await using var body = formed is FormedMail.Changed changed ? new MemoryStream(changed.Message.ToArray(), writable: false) : stored;
            if (formed is FormedMail.Changed)
                header = await HeaderAsync(body, cancellationToken);

            return route switch
            {
                RelayRoute.ToMaildir { Root: var root } => await ToMaildirAsync(lease, root, body, header, cancellationToken),
                RelayRoute.ToHost { Route: var to } => await ToHostsAsync(lease, await guard.HostsAsync(to, deadline), body, header, "", _ => { }, deadline, cancellationToken),
                RelayRoute.ToOutside { Domain: var domain } => await outside.FindAsync(domain, deadline) switch
                {
                    OutsideHosts.Found found => await ToOutsideAsync(lease, domain, found, body, header, tries, deadline, cancellationToken),
                    OutsideHosts.Never never => new NotSent(new DeliveryFailure(never.Status, never.Text)),
                    OutsideHosts.Later later => new NotSent(new DeliveryFailure(later.Status, later.Text)),
                    var other => throw new InvalidOperationException($"No such answer: {other}."),
                },
                _ => throw new InvalidOperationException($"No such route: {route}."),
            };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new NotSent(new DeliveryFailure("4.4.2", string.Create(CultureInfo.InvariantCulture, $"The attempt took longer than {settings.Relay.Attempt}.")));
        }
        catch (BodyMissingException)
        {
            return new NotSent(new DeliveryFailure("5.3.0", "The content of the message is gone."));
        }
        catch (UnsendableContentException)
        {
            return new NotSent(new DeliveryFailure("5.6.0", "The content has a bare CR or LF and cannot go by SMTP."));
        }
        catch (SmtpTransportException exception)
        {
            return new NotSent(new DeliveryFailure(exception.Status, exception.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Not the exception: its text may name a Maildir, which names its owner.
            LogLocalTrouble(lease.DeliveryId, exception.GetType().Name, exception.HResult);
            return new NotSent(new DeliveryFailure("4.3.0", "The content could not be read or written on this machine."));
        }
    }

    private async Task<Transmission> ToMaildirAsync(RelayLease lease, string root, Stream body, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        // The last server on the way adds Return-Path (RFC 5321, 4.4).
        var content = Content(lease, body, header, $"Return-Path: <{lease.MailFrom}>\r\n");
        await maildir.WriteAsync(root, lease, content, repeated: lease.Attempt > 1, cancellationToken);
        return new Sent(NextHop: null, "", NoticeIsTheirs: false);
    }

    private async Task<Transmission> ToOutsideAsync(
        RelayLease lease, string domain, OutsideHosts.Found found, Stream body, ReadOnlyMemory<byte> header, List<TransportSession> tries, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(lease.TenantId, domain, found, IsTlsReport(lease, header), deadline);
        tries.AddRange(plan.Faults);
        if (plan.Failure is { } failure)
            return new NotSent(failure);
        body.Position = header.Length;
        var signature = await signer.SignAsync(lease.TenantId, Kept(header), body, deadline);
        return await ToHostsAsync(lease, plan.Hosts, body, header, signature, tried => tries.Add(TriedHost.SessionOf(plan.Domain, tried)), deadline, cancellationToken);
    }

    private async Task<Transmission> ToHostsAsync(
        RelayLease lease, IReadOnlyList<SmtpHost> hosts, Stream body, ReadOnlyMemory<byte> header, string signature, Action<TriedHost> tried, CancellationToken deadline, CancellationToken cancellationToken)
    {
        SmtpTransportException? last = null;
        foreach (var host in hosts)
        {
            var mail = new SmtpMail(lease.MailFrom, lease.Recipient, lease.Notify, lease.OriginalRecipient, lease.Smtp, Content(lease, body, header, signature));
            try
            {
                var outcome = await smtp.SendAsync(host, mail, cancellationToken, deadline);
                tried(new TriedHost(host, outcome.Tls, IsReached: true, ""));
                return outcome switch
                {
                    SmtpOutcome.Accepted accepted => new Sent(host.ToString(), accepted.Reply.Text, accepted.DsnPassedOn),
                    SmtpOutcome.Refused { Reply: var reply } => new NotSent(new DeliveryFailure(StatusOf(reply), reply.Text, host.Name)),
                    SmtpOutcome.Impossible impossible => new NotSent(new DeliveryFailure(impossible.Status, impossible.Text)),
                    var other => throw new InvalidOperationException($"No such outcome: {other}."),
                };
            }
            catch (SmtpTransportException exception)
            {
                tried(new TriedHost(host, exception.Tls, IsReached: false, exception.Message));
                last = exception;
            }
        }
        return new NotSent(last!.Reply is { } refusal
            ? new DeliveryFailure(last.Status, refusal.Text, hosts[^1].Name)
            : new DeliveryFailure(last.Status, last.Message));
    }

    /// <summary>What is neither 4xx nor 5xx where only those make sense is a broken server; it is tried again.</summary>
    private static string StatusOf(ServerReply reply) => reply.Code >= 400 ? reply.EnhancedStatus : "4.5.0";

    private OutgoingContent Content(RelayLease lease, Stream body, ReadOnlyMemory<byte> header, string first)
    {
        var trace = string.Create(CultureInfo.InvariantCulture, $"{LoopGuard.TraceField}: {settings.PlatformId}; message={lease.MessageId}; delivery={lease.DeliveryId}\r\n");
        var own = Encoding.UTF8.GetBytes(first + Results(lease) + Ended(lease.Prologue) + trace + Ended(lease.Tag));
        var isAscii = Ascii.IsValid(own) && Ascii.IsValid(header.Span);
        var incoming = IncomingResults.Read(header.Span, [settings.Hostname]);
        if (incoming.Forged.Count == 0)
        {
            body.Position = 0;
            return new OutgoingContent(own, body, isAscii);
        }

        // A pass in our name that we never gave (RFC 8601, 5).
        body.Position = header.Length;
        return new OutgoingContent((byte[])[.. own, .. incoming.Strip(header).Span], body, isAscii);
    }

    /// <summary>The message's header without results forged in our name.</summary>
    private ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> header)
    {
        var incoming = IncomingResults.Read(header.Span, [settings.Hostname]);
        return incoming.Forged.Count == 0 ? header : incoming.Strip(header);
    }

    /// <summary>What a domain's TLS is like must be told to it whatever its TLS is like (RFC 8460, 5.3).</summary>
    private static bool IsTlsReport(RelayLease lease, ReadOnlyMemory<byte> header) =>
        lease.Mode == IntakeMode.Notice && header.Span.IndexOf(Encoding.ASCII.GetBytes($"\r\n{TlsReportMail.DomainField}: ")) >= 0;

    /// <summary>At the top of all, above the Received of the host that found it (RFC 8601, 4.1).</summary>
    private string Results(RelayLease lease) => lease.Results.Count == 0
        ? ""
        : $"{ResultsWriter.FieldName}: {ResultsWriter.Write(new ResultsField(settings.Hostname, null, [.. lease.Results.Take(MaxResults)]))}\r\n";

    /// <summary>Header fields with the line end that must follow them, or they would swallow the first field of the message.</summary>
    private static string Ended(string? fields) =>
        string.IsNullOrEmpty(fields) || fields.EndsWith("\r\n", StringComparison.Ordinal) ? fields ?? "" : fields + "\r\n";

    private static async Task<ReadOnlyMemory<byte>> HeaderAsync(Stream body, CancellationToken cancellationToken)
    {
        foreach (var most in (int[])[LoopGuard.MaxHeaderBytes, MaxHeaderBytes])
        {
            var bytes = new byte[Math.Min(body.Length, most)];
            body.Position = 0;
            await body.ReadExactlyAsync(bytes, cancellationToken);
            var length = HeaderFields.LengthOf(bytes);
            if (length < bytes.Length || bytes.Length == body.Length || most == MaxHeaderBytes)
                return bytes.AsMemory(0, length);
        }

        throw new InvalidOperationException("No header was read.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} met trouble on this machine: {Kind}, error {Code}.")]
    private partial void LogLocalTrouble(Guid deliveryId, string kind, int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no room for the notice of delivery {DeliveryId}.")]
    private partial void LogNoRoomForNotice(Guid deliveryId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sender is not told that delivery {DeliveryId} arrived: the notice could not be written.")]
    private partial void LogNoNotice(Guid deliveryId, Exception exception);

    private abstract record Transmission;

    /// <param name="NextHop">Null when it went into the mailbox.</param>
    private sealed record Sent(string? NextHop, string Response, bool NoticeIsTheirs) : Transmission;

    private sealed record NotSent(DeliveryFailure Failure) : Transmission;
}
