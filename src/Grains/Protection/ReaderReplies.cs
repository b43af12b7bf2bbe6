using System.Text;
using MimeKit;
using Platform.Engine;
using Platform.Mails;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Protection;

namespace Platform.Grains.Protection;

/// <summary>Answers that a recipient gives in the secure reader. Each comes in like a mail from outside: inspected, under the policy of the sender's mailbox.</summary>
public interface IReaderReplies
{
    /// <summary>The sender has a mailbox that could take it.</summary>
    Task<bool> CanSendAsync(ReaderMail mail, CancellationToken cancellationToken);

    /// <returns>Null: the sender has no mailbox that could take it.</returns>
    Task<ReplyOutcome?> SendAsync(ReaderMail mail, ReaderReply reply, ReaderPlace place, CancellationToken cancellationToken);
}

/// <param name="Files">At most <see cref="MaxFiles"/> of <see cref="MaxBytes"/> together; the caller holds to it.</param>
public sealed record ReaderReply(string Text, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Files)
{
    public const int MaxText = 50_000;
    public const int MaxFiles = 10;
    public const int MaxBytes = 20_000_000;
}

internal sealed class ReaderReplies(IReaderDesk desk, IBodyStore bodies, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock) : IReaderReplies
{
    private const int MaxName = 200;

    public async Task<bool> CanSendAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return await SenderAsync(mail, cancellationToken) is not null;
    }

    public async Task<ReplyOutcome?> SendAsync(ReaderMail mail, ReaderReply reply, ReaderPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(reply);
        if (await SenderAsync(mail, cancellationToken) is not { } sender)
            return null;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var writer = await bodies.CreateAsync(mail.Delivery.TenantId, cancellationToken);
        await writer.WriteAsync(Write(id, mail, reply, now), cancellationToken);
        var message = new NewMessage(
            id,
            mail.Delivery.TenantId,
            IntakeMode.Gateway,
            new Envelope(null, null, settings.Hostname, MailFrom: "", [mail.From], MailDirection.Inbound),
            await writer.SealAsync(cancellationToken),
            Prologue: "",
            now,
            [new NewDelivery(Guid.CreateVersion7(now), mail.From, sender.Id, Notify: "NEVER", OriginalRecipient: null)],
            SmtpParameters.None with { SmtpUtf8 = !Ascii.IsValid(mail.From) });
        var outcome = await desk.ReplyAsync(mail, message, place, cancellationToken);
        if (outcome != ReplyOutcome.Taken)
            await bodies.DeleteAsync(message.Body.Reference, CancellationToken.None);
        return outcome;
    }

    /// <summary>Of the tenant whose mail it is: what an author writes into From may be an address of another one.</summary>
    private async Task<MailboxRef?> SenderAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        var at = mail.From.LastIndexOf('@');
        return at > 0 && (await directory.FindAsync(mail.From[..at], mail.From[(at + 1)..], cancellationToken)).Tenant?.Id == mail.Delivery.TenantId
            ? await directory.FindSenderAsync(mail.From, cancellationToken)
            : null;
    }

    /// <summary>From the platform, which is true; to answer it goes to who wrote it.</summary>
    private byte[] Write(Guid id, ReaderMail mail, ReaderReply reply, DateTimeOffset now)
    {
        var words = Wording.Of(mail.Language);
        var recipient = ShownText.OnPage(mail.Delivery.Recipient);
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress(words["reader.product"], settings.Notices.FromAddress ?? $"no-reply@{settings.Hostname}"));
        if (MailboxAddress.TryParse(mail.Delivery.Recipient, out var answerTo))
            message.ReplyTo.Add(answerTo);
        message.To.Add(MailboxAddress.Parse(mail.From));
        message.Subject = words.Format("reader-reply.subject", recipient);
        message.Date = now;
        message.MessageId = $"{id:N}@{settings.Hostname}";
        var builder = new BodyBuilder { TextBody = $"{words.Format("reader-reply.text", recipient)}\r\n\r\n{reply.Text.ReplaceLineEndings("\r\n")}\r\n" };
        foreach (var (name, content) in reply.Files)
            builder.Attachments.Add(ShownText.OnPage(name, MaxName) is { Length: > 0 } shown ? shown : "file", content.ToArray(), new ContentType("application", "octet-stream"));
        message.Body = builder.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !Ascii.IsValid(mail.From);
        message.WriteTo(format, bytes);
        return bytes.ToArray();
    }
}
