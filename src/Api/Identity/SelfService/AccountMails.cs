using Platform.Grains.Notices;
using Platform.Mails.Templates;
using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SelfService;

/// <summary>
/// Mails of sign-in as system mails, in the name of the tenant that the account is of. People of an MSP and of the operator have no tenant in
/// whose name a mail could go out: their administrators, or the operator by the verb <c>admin reset-sign-in</c>, help them.
/// </summary>
/// <param name="services">A host without the flow sends no mails.</param>
internal sealed partial class AccountMails(IServiceProvider services, FileOutbox outbox, ILogger<AccountMails> logger) : IAccountMails
{
    public async Task SendPasswordResetAsync(SignInAccount account, Uri link, TimeSpan validity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        await outbox.SendPasswordResetAsync(account, link, validity, cancellationToken);
        if (account.TenantId is not { } tenant || services.GetService<ISystemMails>() is not { } mails)
        {
            LogNoMail(account.Id);
            return;
        }

        var outcome = await mails.SendAsync(new SystemMail(tenant, account.Address, new PasswordResetMail(account.Address, link, validity), account.Language), cancellationToken);
        if (outcome != SystemMailOutcome.Queued)
            LogNotSent(account.Id, outcome);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new password was asked for by account {AccountId}, which is of no tenant in whose name a mail could go out.")]
    private partial void LogNoMail(Guid accountId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail for a new password of account {AccountId} was not sent: {Outcome}.")]
    private partial void LogNotSent(Guid accountId, SystemMailOutcome outcome);
}
