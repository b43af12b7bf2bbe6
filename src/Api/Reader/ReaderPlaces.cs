using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Tracking;

namespace Platform.Api.Reader;

/// <summary>Whence a mail is read, as far as the policy of its sender lets it be kept.</summary>
internal sealed class ReaderPlaces(IRecipientDirectory directory, IPolicyBook policies)
{
    public async Task<ReaderPlace> OfAsync(ReaderVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Source.Place?.Country is not { } country || await directory.FindTenantAsync(visit.Mail.Delivery.TenantId, cancellationToken) is not { } tenant)
            return new ReaderPlace(null);
        var policy = (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(visit.Mail.Delivery.SenderMailboxId);
        return new ReaderPlace(policy.TrackedPlaceOf() == TrackedPlace.None ? null : country);
    }
}
