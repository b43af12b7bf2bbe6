using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Api.Smtp.Submission;

/// <summary>
/// The platform's answers to the listener for mail going out (OUT1, RFC 6409): from whom is logged in alone, under the addresses of that
/// mailbox, or from a server of the tenant's own, in its domains; to anybody. The author in the header is looked at with the rest of the message, when it is inspected.
/// </summary>
internal sealed class SubmissionHandler(IRecipientDirectory directory, Submitters submitters, TenantGate gate, SendGate sending, Intake intake) : ISmtpHandler
{
    private static readonly SmtpReply NoDomain = new(550, "5.1.3", "A recipient needs a domain");
    private static readonly SmtpReply TenantBusy = new(451, "4.3.2", "Too many messages of this tenant at once, try again later");

    public ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken) => ValueTask.FromResult<SmtpReply?>(null);

    public async ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken)
    {
        var (sender, refusal) = await submitters.BeginAsync(peer, mail.ReversePath, cancellationToken);
        if (sender is null)
            return refusal!;
        // The session of a server is that of everybody who sends by it: it does not end with the block of one.
        if (sender.Mailbox is { } mailbox && await sending.RefusalAsync(peer, mailbox.Id, mayEnd: sender.Connector is null, cancellationToken) is { } blocked)
            return blocked;
        return mail.Size > sender.Most(limits => limits.MaxMessageBytes) ? SmtpReply.MessageTooLarge : SmtpReply.SenderAccepted;
    }

    public async ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken)
    {
        var (sender, gone) = await submitters.FindAsync(peer, transaction.Mail.ReversePath, cancellationToken);
        if (sender is null)
            return gone!;
        if (transaction.Recipients.Count >= sender.Most(limits => limits.MaxRecipients))
            return SmtpReply.TooManyRecipients;
        // Whether there is such a recipient depends on whose report it is.
        if (!sender.IsDecided)
            return SmtpReply.RecipientAccepted;
        var resolution = await ResolveAsync(sender, recipient, cancellationToken);
        if (resolution.Refusal is { } refusal)
            return refusal;
        // What is reported and what is sent are two messages; programs send the rest again (RFC 5321, 4.5.3.1.10).
        return transaction.Recipients is [var first, ..] && (await ResolveAsync(sender, first, cancellationToken)).Mode != resolution.Mode ? SmtpReply.TooManyRecipients : SmtpReply.RecipientAccepted;
    }

    public async ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken)
    {
        var (sender, gone) = await submitters.FindAsync(peer, transaction.Mail.ReversePath, cancellationToken);
        if (sender is null)
            throw new SmtpRefusedException(gone!);
        return sender.IsDecided
            ? await OpenAsync(peer, transaction, sender, SmtpReply.LocalError, cancellationToken)
            : new UndecidedReceiver(async (header, token) =>
            {
                var (decided, refusal) = await submitters.DecideAsync(peer, sender, header, token);
                return await OpenAsync(peer, transaction, decided ?? throw new SmtpRefusedException(refusal!), null, token);
            });
    }

    /// <param name="changed">The reply where a recipient is no longer taken that was; null: none was asked about before.</param>
    /// <exception cref="SmtpRefusedException">The message is not taken.</exception>
    private async ValueTask<InboundReceiver> OpenAsync(SmtpPeer peer, SmtpTransaction transaction, Submitter sender, SmtpReply? changed, CancellationToken cancellationToken)
    {
        if (transaction.Recipients.Count > sender.Tenant.Limits.MaxRecipients)
            throw new SmtpRefusedException(SmtpReply.TooManyRecipients);
        var found = new List<(Resolution Resolution, RecipientCommand Command)>(transaction.Recipients.Count);
        foreach (var recipient in transaction.Recipients.Select(one => Named(sender, one)).DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase))
        {
            var resolution = await ResolveAsync(sender, recipient, cancellationToken);
            if (resolution.Refusal is { } refusal)
                throw new SmtpRefusedException(changed ?? refusal);
            found.Add((resolution, recipient));
        }

        List<IntakeGroup> groups =
        [
            .. found.GroupBy(one => one.Resolution.Mode).Select(of => new IntakeGroup(
                sender.Tenant, of.Key, [.. of.Select(one => new IntakeRecipient(one.Command, one.Resolution.Mailbox))]) { Sender = sender.Mailbox, Connector = sender.Connector?.Id, People = sender.People }),
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

    /// <summary>With the domain that <c>postmaster</c> alone leaves out (RFC 5321, 4.5.1): whoever sends asks its own.</summary>
    private static RecipientCommand Named(Submitter sender, RecipientCommand recipient) => recipient.Domain.Length == 0 && sender.Tenant.Domains is [var domain, ..]
        ? recipient with { Address = $"{recipient.LocalPart}@{domain}", Domain = domain }
        : recipient;

    /// <summary>Within the tenant as for mail that comes in; everybody else is outside, also people of other tenants here, whose mail takes the way of the domain.</summary>
    private async ValueTask<Resolution> ResolveAsync(Submitter sender, RecipientCommand given, CancellationToken cancellationToken)
    {
        var recipient = Named(sender, given);
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
