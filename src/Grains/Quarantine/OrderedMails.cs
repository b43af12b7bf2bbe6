using System.Globalization;
using Platform.Engine.Misdirection;
using Platform.Grains.Notices;
using Platform.Grains.Outgoing;
using Platform.Mails;
using Platform.Mails.Templates;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing;
using Platform.Storage.Quarantine;

namespace Platform.Grains.Quarantine;

/// <summary>The mail of each kind of order.</summary>
internal sealed class OrderedMails(IInvitations invitations, SendingMails sending, IRecipientDirectory directory, FlowSettings settings, TimeProvider clock)
{
    /// <summary>Null: it tells of nothing any more, or of something that this version does not know.</summary>
    public async ValueTask<SystemMail?> OfAsync(MailOrder order, CancellationToken cancellationToken)
    {
        IMailTemplate? template = order.Kind switch
        {
            MailOrderKinds.ReleaseRequested => new ReleaseRequestMail(Asked(order), settings.Notices.PublicAddress),
            MailOrderKinds.ReleaseDecided => new ReleaseDecisionMail(Asked(order), order.Facts.GetValueOrDefault("state") == "approved"),
            MailOrderKinds.ReportAnswered => new ReportAnswerMail(Fact(order, "subject"), Optional(order, "verdict"), Optional(order, "known") != "no", Fact(order, "attack") == "yes", Optional(order, "why")),
            MailOrderKinds.ReportDecided => new ReportDecisionMail(
                Fact(order, "subject"),
                Fact(order, "kind") == "missed",
                Fact(order, "state") == "confirmed",
                Count(order, "held"),
                Count(order, "released"),
                Fact(order, "listed") == "yes",
                Fact(order, "note")),
            MailOrderKinds.WebhookDisabled => Webhook(order, await LanguageAsync(order, cancellationToken)),
            MailOrderKinds.SendingBlocked => Blocked(order, await LanguageAsync(order, cancellationToken)),
            MailOrderKinds.SendingLimited => Limited(order, await LanguageAsync(order, cancellationToken)),
            MailOrderKinds.SendingWaits => Guid.TryParse(Fact(order, "mailbox"), out var mailbox) ? await sending.SummaryAsync(order.TenantId, mailbox, await LanguageAsync(order, cancellationToken), cancellationToken) : null,
            MailOrderKinds.SendingHeld => Held(order, await LanguageAsync(order, cancellationToken)),
            MailOrderKinds.ApprovalRequested or MailOrderKinds.ApprovalReminder => new ApprovalRequestMail(
                Fact(order, "from"),
                Fact(order, "subject"),
                Fact(order, "chain"),
                order.Kind == MailOrderKinds.ApprovalReminder,
                new Uri(settings.Notices.PublicAddress, "account/approvals/" + Fact(order, "message"))),
            MailOrderKinds.ApprovalDecided => new ApprovalDecisionMail(Fact(order, "recipient"), Fact(order, "subject"), Fact(order, "state"), Fact(order, "note")),
            MailOrderKinds.AccountInvited => await InvitationAsync(order, cancellationToken),
            _ => null,
        };
        return template is null ? null : new SystemMail(order.TenantId, order.Recipient, template, order.Language, InReplyTo: Optional(order, "inReplyTo"));
    }

    private static AskedMail Asked(MailOrder order) => new(Fact(order, "recipient"), Fact(order, "from"), Fact(order, "subject"), Fact(order, "note"));

    /// <summary>Its token is made here and nowhere kept; an invitation that was withdrawn meanwhile is sent no more.</summary>
    private async ValueTask<IMailTemplate?> InvitationAsync(MailOrder order, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(Fact(order, "account"), out var account) || await invitations.FindAsync(account, cancellationToken) is not { } invitation)
            return null;
        var link = new Uri(settings.Notices.PublicAddress, "account/invitation?token=" + invitations.TokenOf(invitation.Id));
        return new InvitationMail(Fact(order, "organisation"), Fact(order, "inviter"), link, invitation.ExpiresAt - clock.GetUtcNow());
    }

    private async ValueTask<string> LanguageAsync(MailOrder order, CancellationToken cancellationToken) =>
        order.Language ?? (await directory.FindTenantAsync(order.TenantId, cancellationToken))?.Language ?? "en";

    private AlertMail Webhook(MailOrder order, string language)
    {
        var words = Wording.Of(language);
        return new AlertMail(
            words.Format("webhook.title", ShownText.Of(Fact(order, "url"), 80)),
            words[Fact(order, "reason") == "gone" ? "webhook.gone" : "webhook.failing"],
            [(words["webhook.address"], Fact(order, "url"))],
            settings.Notices.PublicAddress);
    }

    private static SendingHeldMail Held(MailOrder order, string language)
    {
        List<string> reasons = [.. SendJson.ReadFindings(Fact(order, "findings")).Select(finding => SendFindingText.Render(finding, Wording.Of(language).Culture))];
        return new SendingHeldMail(Fact(order, "recipient"), Fact(order, "subject"), Optional(order, "rule") is { } rule ? [rule] : reasons);
    }

    private AlertMail Blocked(MailOrder order, string language)
    {
        var words = Wording.Of(language);
        var until = DateTimeOffset.TryParse(Fact(order, "until"), CultureInfo.InvariantCulture, out var at) ? words.Moment(at, TimeZoneInfo.Utc) : "";
        return new AlertMail(
            words.Format("sending.blocked.title", ShownText.Of(Fact(order, "mailbox"), 80)),
            words["sending.blocked.text"],
            [
                (words["sending.mailbox"], Fact(order, "mailbox")),
                (words["sending.limit"], Fact(order, "limit")),
                (words["sending.until"], until),
                (words["sending.held"], Fact(order, "held")),
                .. Count(order, "raised") > 0 ? [(words["sending.raised"], Fact(order, "raised"))] : (IEnumerable<(string, string)>)[],
            ],
            settings.Notices.PublicAddress);
    }

    private AlertMail Limited(MailOrder order, string language)
    {
        var words = Wording.Of(language);
        var (group, server) = (Optional(order, "group"), Optional(order, "server"));
        return new AlertMail(
            words[server is null ? "sending.limited.title" : "sending.limited.server.title"],
            words[server is null ? "sending.limited.text" : "sending.limited.server.text"],
            [.. group is not null ? [(words["sending.group"], group)] : (IEnumerable<(string, string)>)[], .. server is not null ? [(words["sending.server"], server)] : (IEnumerable<(string, string)>)[], (words["sending.limit"], Fact(order, "limit"))],
            settings.Notices.PublicAddress);
    }

    private static string? Optional(MailOrder order, string name) => Fact(order, name) is { Length: > 0 } value ? value : null;

    private static int Count(MailOrder order, string name) => int.TryParse(Fact(order, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static string Fact(MailOrder order, string name) => order.Facts.GetValueOrDefault(name, "");
}
