using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Submission;

namespace Platform.Api.Smtp.Submission;

/// <summary>
/// The platform's answers to the listener for mail going out (OUT1, RFC 6409): from whom is logged in alone, under the addresses of that
/// mailbox, to anybody. The author in the header is looked at with the rest of the message, when it is inspected.
/// </summary>
internal sealed class SubmissionHandler(IRecipientDirectory directory, IAppPasswords passwords, TenantGate gate, SendGate sending, Intake intake) : ISmtpHandler
{
    private static readonly SmtpReply Gone = new(550, "5.7.1", "This mailbox is no longer here");
    private static readonly SmtpReply Ended = new(421, "4.7.0", "The password of this session has ended; log in again");
    private static readonly SmtpReply NotYours = new(550, "5.7.1", "The sender must be an address of the mailbox that is logged in");
    private static readonly SmtpReply NoDomain = new(550, "5.1.3", "A recipient needs a domain");
    private static readonly SmtpReply TenantBusy = new(451, "4.3.2", "Too many messages of this tenant at once, try again later");

    public ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken) => ValueTask.FromResult<SmtpReply?>(null);

    public async ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken)
    {
        if (await SenderAsync(peer, cancellationToken) is not { } sender)
            return Gone;
        if (SubmissionLogin.Parse(peer.Authenticated!.Reference)?.AppPassword is { } used && !await passwords.IsLiveAsync(used, cancellationToken))
            return Ended;
        if (await sending.RefusalAsync(sender.Mailbox.Id, cancellationToken) is { } blocked)
            return blocked;
        if (mail.Size > sender.Tenant.Limits.MaxMessageBytes)
            return SmtpReply.MessageTooLarge;
        // Programs send reports of their own (RFC 8098) under the null reverse-path.
        return mail.ReversePath.Length == 0 || await IsOwnAsync(mail.ReversePath, sender.Mailbox, cancellationToken) ? SmtpReply.SenderAccepted : NotYours;
    }

    public async ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken)
    {
        if (await SenderAsync(peer, cancellationToken) is not { } sender)
            return Gone;
        if (transaction.Recipients.Count >= sender.Tenant.Limits.MaxRecipients)
            return SmtpReply.TooManyRecipients;
        var resolution = await ResolveAsync(sender, recipient, cancellationToken);
        if (resolution.Refusal is { } refusal)
            return refusal;
        // What is reported and what is sent are two messages; programs send the rest again (RFC 5321, 4.5.3.1.10).
        return transaction.Recipients is [var first, ..] && (await ResolveAsync(sender, first, cancellationToken)).Mode != resolution.Mode ? SmtpReply.TooManyRecipients : SmtpReply.RecipientAccepted;
    }

    public async ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken)
    {
        if (await SenderAsync(peer, cancellationToken) is not { } sender)
            throw new SmtpRefusedException(Gone);
        var found = new List<(Resolution Resolution, RecipientCommand Command)>(transaction.Recipients.Count);
        foreach (var recipient in transaction.Recipients.DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase))
        {
            var resolution = await ResolveAsync(sender, recipient, cancellationToken);
            if (resolution.Refusal is not null)
                throw new SmtpRefusedException(SmtpReply.LocalError);
            found.Add((resolution, recipient));
        }

        List<IntakeGroup> groups =
        [
            .. found.GroupBy(one => one.Resolution.Mode).Select(of => new IntakeGroup(
                sender.Tenant, of.Key, [.. of.Select(one => new IntakeRecipient(one.Command, one.Resolution.Mailbox))]) { Sender = sender.Mailbox }),
        ];
        if (!gate.TryEnter(sender.Tenant.Id, sender.Tenant.Limits.MaxConnections))
            throw new SmtpRefusedException(TenantBusy);
        var isIn = true;
        try
        {
            return await InboundReceiver.OpenAsync(intake, peer, transaction, groups, Leave, cancellationToken);
        }
        catch
        {
            Leave();
            throw;
        }

        void Leave()
        {
            if (isIn)
                gate.Leave(sender.Tenant.Id);
            isIn = false;
        }
    }

    /// <summary>Looked up anew each time: a mailbox that was removed sends nothing more, also in a session that goes on.</summary>
    private async ValueTask<(TenantSettings Tenant, MailboxRef Mailbox)?> SenderAsync(SmtpPeer peer, CancellationToken cancellationToken)
    {
        if (peer.Authenticated is not { } login)
            return null;
        var found = await directory.FindOwnAsync(login.UserName, cancellationToken);
        return found is { Tenant: { } tenant, Mailbox: { } mailbox } && mailbox.Id == SubmissionLogin.Parse(login.Reference)?.Mailbox ? (tenant, mailbox) : null;
    }

    private async ValueTask<bool> IsOwnAsync(string address, MailboxRef mailbox, CancellationToken cancellationToken) =>
        (await directory.FindSenderAsync(address, cancellationToken))?.Id == mailbox.Id;

    /// <summary>Within the tenant as for mail that comes in; everybody else is outside, also people of other tenants here, whose mail takes the way of the domain.</summary>
    private async ValueTask<Resolution> ResolveAsync((TenantSettings Tenant, MailboxRef Mailbox) sender, RecipientCommand recipient, CancellationToken cancellationToken)
    {
        if (recipient.Domain.Length == 0)
            return new Resolution(NoDomain);
        var found = await directory.FindAsync(recipient.LocalPart, recipient.Domain, cancellationToken);
        if (found.Tenant?.Id != sender.Tenant.Id)
            return new Resolution(sender.Tenant, IntakeMode.Submission, null);
        var address = $"{recipient.LocalPart}@{recipient.Domain}";
        if (string.Equals(sender.Tenant.ReportAddress, address, StringComparison.OrdinalIgnoreCase))
            return new Resolution(sender.Tenant, IntakeMode.Report, null);
        return found.Mailbox is { } mailbox ? new Resolution(sender.Tenant, IntakeMode.Submission, mailbox) : new Resolution(SmtpReply.MailboxUnknown);
    }
}
