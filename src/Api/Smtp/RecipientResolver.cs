using Platform.Smtp;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Api.Smtp;

/// <summary>Who a RCPT command means: the directory's answer, the journal address, or the platform's own postmaster.</summary>
/// <param name="postmaster">Where <c>&lt;postmaster&gt;</c> without a domain goes (RFC 5321, 4.5.1); null refuses it.</param>
internal sealed class RecipientResolver(IRecipientDirectory directory, string? postmaster)
{
    public async ValueTask<Resolution> ResolveAsync(RecipientCommand recipient, CancellationToken cancellationToken)
    {
        var (local, domain) = (recipient.LocalPart, recipient.Domain);
        if (domain.Length == 0)
        {
            var at = postmaster?.LastIndexOf('@') ?? -1;
            if (at < 0)
                return new Resolution(SmtpReply.MailboxUnknown);
            (local, domain) = (postmaster![..at], postmaster[(at + 1)..]);
        }

        var found = await directory.FindAsync(local, domain, cancellationToken);
        if (found.Tenant is not { } tenant)
            return new Resolution(SmtpReply.RelayDenied);
        if (string.Equals(tenant.JournalAddress, $"{local}@{domain}", StringComparison.OrdinalIgnoreCase))
            return new Resolution(tenant, IntakeMode.Journal, null);
        if (string.Equals(tenant.ReportAddress, $"{local}@{domain}", StringComparison.OrdinalIgnoreCase))
            return new Resolution(tenant, IntakeMode.Report, null);
        return found.Mailbox is { } mailbox
            ? new Resolution(tenant, IntakeMode.Gateway, mailbox)
            : new Resolution(SmtpReply.MailboxUnknown);
    }
}

/// <summary>Either a place for the mail or the reply that refuses it.</summary>
internal sealed record Resolution
{
    public Resolution(SmtpReply refusal) => Refusal = refusal;

    public Resolution(TenantSettings tenant, IntakeMode mode, MailboxRef? mailbox)
    {
        Tenant = tenant;
        Mode = mode;
        Mailbox = mailbox;
    }

    public SmtpReply? Refusal { get; }
    public TenantSettings? Tenant { get; }
    public IntakeMode Mode { get; }
    public MailboxRef? Mailbox { get; }
}
