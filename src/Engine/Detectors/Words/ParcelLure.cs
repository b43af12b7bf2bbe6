using Platform.Engine.Detectors.Sender;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Words;

/// <summary>A parcel that waits for a small fee or an address, behind a link that is no carrier's.</summary>
internal sealed class ParcelLure : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("parcel-lure", "A parcel that cannot be delivered and a demand (fee, address), with links that are not the sender's own.", "X.1236 7.2.4", "words", "host")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var parcels = input.Text.Find("parcel");
        var asks = input.Text.Find("parcel-ask");
        if (parcels.Count < 2 || asks.Count == 0)
            yield break;
        var borrowed = BrandImpersonation.IsBorrowed(input.Sender);
        var foreign = input.Message.Links.FirstOrDefault(link =>
            link.Kind is Mail.LinkKind.Anchor or Mail.LinkKind.Text or Mail.LinkKind.Form
            && input.Domains.Of(link.Host) is { Length: > 0 } domain
            && (domain != input.Sender.OrganisationalDomain || borrowed)
            && !KnownDomains.Embedded.IsClickTracker(link.Host)
            && !Brands.Embedded.IsOfBrand(domain));
        if (foreign is not null)
            yield return new Sign("parcel-lure", Seen.Link(foreign), ("words", Seen.List([parcels[0], .. asks])), ("host", foreign.Host));
    }
}
