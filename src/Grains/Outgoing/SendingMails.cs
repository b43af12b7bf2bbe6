using System.Globalization;
using Platform.Mails;
using Platform.Mails.Templates;
using Platform.Storage.Directory;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;

namespace Platform.Grains.Outgoing;

/// <summary>What mails about outgoing mail say, as it stands when they are written.</summary>
internal sealed class SendingMails(IOutgoingMail outgoing, IRecipientDirectory directory, IPolicyBook policies, IActionLinks links, FlowSettings settings, TimeProvider clock)
{
    /// <param name="language">Of the reader, for what was found of the recipients.</param>
    /// <returns>Null: nothing waits any more.</returns>
    public async ValueTask<IMailTemplate?> SummaryAsync(Guid tenantId, Guid mailboxId, string language, CancellationToken cancellationToken)
    {
        var waiting = (await outgoing.WaitingAsync(tenantId, mailboxId, settings.Outgoing.MaxListed, cancellationToken)).Where(mail => mail.Deliveries.Any(IsStaged)).ToList();
        if (waiting.Count == 0 || await directory.FindTenantAsync(tenantId, cancellationToken) is not { } tenant)
            return null;
        var zone = (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(mailboxId).DigestOf().Zone;
        return new SendingSummaryMail([.. waiting.Select(mail => Entry(tenantId, mailboxId, mail, Wording.Of(language).Culture))], zone);
    }

    private static bool IsStaged(WaitingDelivery delivery) => delivery.Plan.Current is not null;

    private SendingEntry Entry(Guid tenantId, Guid mailboxId, WaitingMail mail, CultureInfo culture)
    {
        List<(string, Uri)> actions = [];
        var staged = mail.Deliveries.Where(IsStaged).ToList();
        var now = clock.GetUtcNow();
        var last = staged.Max(delivery => EndOf(delivery, now));
        var expires = last > now + settings.Outgoing.LinksFor ? last : now + settings.Outgoing.LinksFor;
        if (mail.AwaitsConfirmation)
            actions.Add(("confirm-sending", To(LinkPurpose.ConfirmSending)));
        actions.Add(("cancel-sending", To(LinkPurpose.CancelSending)));
        var stage = staged.OrderBy(delivery => delivery.Until).First();
        return new SendingEntry(
            mail.Subject ?? "",
            [.. staged.Select(delivery => delivery.Recipient)],
            stage.State switch
            {
                DeliveryState.AwaitingConfirmation => "confirmation",
                DeliveryState.Waiting => "wait",
                _ => "approval",
            },
            stage.Until ?? now,
            [.. SendingReasons.Of(mail, culture)],
            actions);

        Uri To(LinkPurpose purpose) => new(settings.Notices.PublicAddress, "l/" + links.Sign(new ActionLink(purpose, tenantId, mail.MessageId, mailboxId, expires)));
    }

    /// <summary>When a delivery leaves at the latest: each of the stages that follow lasts as long as it can.</summary>
    private static DateTimeOffset EndOf(WaitingDelivery delivery, DateTimeOffset now) =>
        delivery.Plan.Rest.Stages.Aggregate(delivery.Until ?? now, (until, stage) => until + stage.Lasts);
}
