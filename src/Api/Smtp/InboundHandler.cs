using Platform.Smtp;

namespace Platform.Api.Smtp;

/// <summary>The platform's answers to the listener for incoming mail (IN3): known recipients of known domains, never an open relay.</summary>
internal sealed class InboundHandler(RecipientResolver resolver, TenantGate gate, Intake intake) : ISmtpHandler
{
    private static readonly SmtpReply TenantBusy = new(451, "4.3.2", "Too many messages for this domain at once, try again later");

    public ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken) => ValueTask.FromResult<SmtpReply?>(null);

    public ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SmtpReply.SenderAccepted);

    public async ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken)
    {
        var resolution = await resolver.ResolveAsync(recipient, cancellationToken);
        if (resolution.Refusal is { } refusal)
            return refusal;
        var limits = resolution.Tenant!.Limits;
        if (transaction.Mail.Size > limits.MaxMessageBytes)
            return SmtpReply.MessageTooLarge;
        return transaction.Recipients.Count >= limits.MaxRecipients ? SmtpReply.TooManyRecipients : SmtpReply.RecipientAccepted;
    }

    public async ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken)
    {
        var groups = await GroupAsync(transaction, cancellationToken);
        var entered = new List<Guid>(groups.Count);
        try
        {
            foreach (var group in groups)
            {
                if (!gate.TryEnter(group.Tenant.Id, group.Tenant.Limits.MaxConnections))
                    throw new SmtpRefusedException(TenantBusy);
                entered.Add(group.Tenant.Id);
            }

            return await InboundReceiver.OpenAsync(intake, peer, transaction, groups, () => Leave(entered), cancellationToken);
        }
        catch
        {
            Leave(entered);
            throw;
        }
    }

    private void Leave(List<Guid> tenants)
    {
        foreach (var tenant in tenants)
            gate.Leave(tenant);
        tenants.Clear();
    }

    /// <summary>Looks up again what RCPT accepted: a recipient removed in between is refused with a temporary code.</summary>
    private async ValueTask<List<IntakeGroup>> GroupAsync(SmtpTransaction transaction, CancellationToken cancellationToken)
    {
        var found = new List<(Resolution Resolution, RecipientCommand Command)>(transaction.Recipients.Count);
        foreach (var recipient in transaction.Recipients.DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase))
        {
            var resolution = await resolver.ResolveAsync(recipient, cancellationToken);
            if (resolution.Refusal is not null)
                throw new SmtpRefusedException(SmtpReply.LocalError);
            found.Add((resolution, recipient));
        }

        return [.. found
            .GroupBy(f => (f.Resolution.Tenant!.Id, f.Resolution.Mode))
            .Select(g => new IntakeGroup(
                g.First().Resolution.Tenant!,
                g.Key.Mode,
                [.. g.Select(f => new IntakeRecipient(f.Command, f.Resolution.Mailbox))]))];
    }
}
