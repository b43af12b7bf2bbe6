using System.Text;
using Platform.Engine;
using Platform.Grains.Deliveries.Smtp;
using Platform.Mails;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Notices;

/// <summary>Makes the message of a system mail; its body is sealed here, its row is written by whoever asked for it.</summary>
internal sealed class SystemMailWriter(MailRenderer renderer, IBodyStore bodies, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock)
{
    /// <summary>Null: the tenant is gone, or the address cannot be written in SMTP.</summary>
    public async Task<NewMessage?> WriteAsync(SystemMail mail, CancellationToken cancellationToken)
    {
        if (await directory.FindTenantAsync(mail.TenantId, cancellationToken) is not { } tenant || mail.Recipient.Length == 0 || !SmtpAddress.IsSendable(mail.Recipient))
            return null;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var brand = Brand();
        var content = await renderer.RenderAsync(mail.Template, brand, mail.Language ?? tenant.Language);
        var mime = new MimeMail(id, settings.Hostname, brand, mail.Recipient, now, content, mail.Unsubscribe, mail.InReplyTo);

        await using var writer = await bodies.CreateAsync(tenant.Id, cancellationToken);
        await writer.WriteAsync(mime.ToBytes(), cancellationToken);
        return new NewMessage(
            id,
            tenant.Id,
            IntakeMode.Notice,
            new Envelope(null, null, settings.Hostname, MailFrom: "", [mail.Recipient], MailDirection.Outbound),
            await writer.SealAsync(cancellationToken),
            Prologue: "",
            now,
            [new NewDelivery(Guid.CreateVersion7(now), mail.Recipient, MailboxId: null, Notify: "NEVER", OriginalRecipient: null)],
            SmtpParameters.None with { SmtpUtf8 = !Ascii.IsValid(mail.Recipient) });
    }

    /// <summary>Removes the body of a mail whose row was never written.</summary>
    public Task DiscardAsync(NewMessage mail, CancellationToken cancellationToken) => bodies.DeleteAsync(mail.Body.Reference, cancellationToken).AsTask();

    private MailBrand Brand() => new(settings.Notices.FromName, settings.Notices.FromAddress ?? $"no-reply@{settings.Hostname}", settings.Notices.Logo);
}
