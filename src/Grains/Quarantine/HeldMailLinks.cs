using Platform.Engine.Verdicts;
using Platform.Storage.Links;
using Platform.Storage.Quarantine;

namespace Platform.Grains.Quarantine;

/// <summary>The links that the owner of a mailbox gets for a held mail: as many as the policy gives rights, each for one action.</summary>
public sealed class HeldMailLinks(IActionLinks links, FlowSettings settings)
{
    /// <param name="verdict">Null: it could not be inspected.</param>
    /// <returns>Each action by its key in the texts.</returns>
    public IReadOnlyList<(string Action, LinkPurpose Purpose, Uri Url)> Of(
        Guid tenantId, Guid mailboxId, Guid deliveryId, VerdictKind? verdict, bool hasSender, QuarantineRights rights, DateTimeOffset expiresAt)
    {
        List<(string, LinkPurpose)> actions = [];
        if (rights.HasFlag(QuarantineRights.Headers) || rights.HasFlag(QuarantineRights.Preview))
            actions.Add(("view", LinkPurpose.View));
        if (rights.HasFlag(QuarantineRights.Release))
            actions.Add(("release", LinkPurpose.Release));
        else if (rights.HasFlag(QuarantineRights.Request))
            actions.Add(("request", LinkPurpose.RequestRelease));
        if (rights.HasFlag(QuarantineRights.Delete))
            actions.Add(("delete", LinkPurpose.Delete));
        if (rights.HasFlag(QuarantineRights.List) && hasSender)
        {
            // An allowance helps unwanted mail alone, so that it is offered for no other.
            if (verdict is VerdictKind.Spam or VerdictKind.Bulk)
                actions.AddRange([("allow-sender", LinkPurpose.AllowSender), ("allow-domain", LinkPurpose.AllowDomain)]);
            actions.AddRange([("block-sender", LinkPurpose.BlockSender), ("block-domain", LinkPurpose.BlockDomain)]);
        }

        if (actions.Count > 0 && verdict is not null)
            actions.Add(("report", LinkPurpose.ReportWrong));
        return [.. actions.Select(action => (action.Item1, action.Item2, To(new ActionLink(action.Item2, tenantId, deliveryId, mailboxId, expiresAt))))];
    }

    /// <summary>Where digests of a mailbox are turned off. About no delivery: a number of its own stands there, by which it acts once.</summary>
    public Uri Stop(Guid tenantId, Guid mailboxId, DateTimeOffset expiresAt) => To(new ActionLink(LinkPurpose.StopDigest, tenantId, Guid.CreateVersion7(), mailboxId, expiresAt));

    private Uri To(ActionLink link) => new(settings.Notices.PublicAddress, "l/" + links.Sign(link));
}
