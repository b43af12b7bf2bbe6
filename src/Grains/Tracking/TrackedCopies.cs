using System.Globalization;
using System.Text.Encodings.Web;
using Platform.Engine.Tracking;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

internal sealed class TrackedCopies(IReadTokens tokens, IReadStore store, IRecipientDirectory directory, IPolicyBook policies, FlowSettings settings) : ITrackedCopies
{
    public async Task<TrackedCopy?> OfAsync(RelayLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (lease.Mode != IntakeMode.Submission || await directory.FindTenantAsync(lease.TenantId, cancellationToken) is not { } tenant)
            return null;
        if (await store.FindAsync(lease.TenantId, lease.DeliveryId, cancellationToken) is not { SenderMailboxId: { } sender, MailboxId: null } || IsInside(tenant, lease.Recipient))
            return null;
        var policy = (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(sender);
        if (!policy.TracksBy())
            return null;
        var notice = policy.TellsReader() ? OpenText.Notice(CultureInfo.GetCultureInfo(tenant.Language)) : "";
        return new TrackedCopy(HtmlOf(tokens.Sign(lease.DeliveryId), notice), notice, new NewTracked(lease.TenantId, lease.DeliveryId, policy.TrackedPlaceOf()));
    }

    public Task MadeAsync(TrackedCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        return store.TrackedAsync(copy.Tracked, cancellationToken);
    }

    /// <summary>Of one of its domains, though of no mailbox that it knows.</summary>
    private static bool IsInside(TenantSettings tenant, string recipient) =>
        tenant.Domains.Contains(recipient[(recipient.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);

    private string HtmlOf(string token, string notice)
    {
        var picture = new Uri(settings.Notices.PublicAddress, $"t/{token}.gif").AbsoluteUri;
        // What is not ASCII becomes character references.
        var line = notice.Length == 0 ? "" : $"<div style=\"margin-top:16px;font:12px sans-serif;color:#767676\">{HtmlEncoder.Default.Encode(notice)}</div>";
        return $"{line}<img src=\"{HtmlEncoder.Default.Encode(picture)}\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0\">";
    }
}
