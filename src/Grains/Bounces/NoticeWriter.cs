using System.Security.Cryptography;
using System.Text;
using Platform.Engine;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Protection;

namespace Platform.Grains.Bounces;

/// <summary>
/// Makes the notice for a delivery, where one may be sent (RFC 3461, RFC 5321 4.5.5): only to the envelope sender, never for
/// a null reverse-path, never against NOTIFY, and never for a message that policy had stopped, since its sender is likely forged.
/// The body is stored here; its row is written with the result of the delivery, in one transaction.
/// </summary>
internal sealed class NoticeWriter(IBodyStore bodies, IRecipientDirectory directory, IReaderDesk desk, FlowSettings settings, TimeProvider clock)
{
    public async Task<NewMessage?> FailureAsync(RelayLease lease, DeliveryFailure failure, CancellationToken cancellationToken) =>
        MayTell(lease) && DsnNotify.WantsFailure(lease.Notify)
            ? await WriteAsync(lease, ReportAction.Failed, failure.Status, failure.RemoteMta, failure.Text, cancellationToken)
            : null;

    /// <param name="nextHop">Null when the message went into the mailbox itself.</param>
    public async Task<NewMessage?> SuccessAsync(RelayLease lease, string? nextHop, string response, CancellationToken cancellationToken) =>
        MayTell(lease) && DsnNotify.WantsSuccess(lease.Notify)
            ? await WriteAsync(lease, nextHop is null ? ReportAction.Delivered : ReportAction.Relayed, "2.0.0", nextHop, response, cancellationToken)
            : null;

    /// <summary>Removes the body of a notice whose row was never written.</summary>
    public async Task DiscardAsync(NewMessage? notice, CancellationToken cancellationToken)
    {
        if (notice is not null)
            await bodies.DeleteAsync(notice.Body.Reference, cancellationToken);
    }

    private static bool MayTell(RelayLease lease) =>
        lease is { Mode: IntakeMode.Gateway or IntakeMode.Submission, State: DeliveryState.Queued, MailFrom.Length: > 0 } && SmtpAddress.IsSendable(lease.MailFrom);

    private async Task<NewMessage> WriteAsync(
        RelayLease lease, ReportAction action, string status, string? remote, string diagnostic, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var tenant = await directory.FindTenantAsync(lease.TenantId, cancellationToken);
        var report = new DeliveryReport(
            id, action, tenant?.Language ?? "en", lease.MailFrom, lease.Recipient, OriginalRecipient.Parse(lease.OriginalRecipient),
            lease.Smtp.EnvelopeId, status, remote, diagnostic, lease.ReceivedAt, now, await ReturnedAsync(lease, cancellationToken));

        await using var writer = await bodies.CreateAsync(lease.TenantId, cancellationToken);
        await writer.WriteAsync(DeliveryStatusNotification.Compose(report, settings.Hostname), cancellationToken);
        var body = await writer.SealAsync(cancellationToken);
        return new NewMessage(
            id,
            lease.TenantId,
            IntakeMode.Bounce,
            new Envelope(null, null, settings.Hostname, MailFrom: "", [lease.MailFrom], MailDirection.Outbound),
            body,
            Prologue: "",
            now,
            [new NewDelivery(Guid.CreateVersion7(now), lease.MailFrom, MailboxId: null, Notify: null, OriginalRecipient: null)],
            SmtpParameters.None with { EightBitMime = true, SmtpUtf8 = !Ascii.IsValid(lease.MailFrom) });
    }

    /// <summary>A notice lies in the clear and goes by mail: of what is protected it returns nothing, of a mail with protected files the header alone.</summary>
    private async Task<ReturnedContent> ReturnedAsync(RelayLease lease, CancellationToken cancellationToken)
    {
        try
        {
            var extent = await ExtentAsync(lease, cancellationToken);
            if (extent == ProtectedExtent.Mail)
                return ReturnedContent.None;
            await using var body = await bodies.OpenReadAsync(lease.TenantId, lease.Body, cancellationToken);
            var whole = extent is null && lease.Smtp.Return == "FULL" && body.Length <= settings.Relay.MaxReturnedBytes;
            var bytes = new byte[Math.Min(body.Length, settings.Relay.MaxReturnedBytes)];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            return new ReturnedContent(whole ? bytes : bytes.AsMemory(0, HeaderFields.LengthOf(bytes)), whole);
        }
        catch (Exception exception) when (exception is BodyMissingException or CryptographicException)
        {
            return ReturnedContent.None;
        }
    }

    /// <summary>How much of it is protected by now, since files that could not be taken out alone took the mail along; null: nothing.</summary>
    private async Task<ProtectedExtent?> ExtentAsync(RelayLease lease, CancellationToken cancellationToken)
    {
        if (lease.Form.Protect is not { Extent: var extent })
            return null;
        return extent == ProtectedExtent.Mail ? extent : (await desk.FindAsync(lease.TenantId, lease.DeliveryId, cancellationToken))?.Delivery.Extent ?? extent;
    }
}
