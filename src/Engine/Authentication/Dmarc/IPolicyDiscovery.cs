using Platform.Engine.Links;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>Where the two standards part: how the record that applies and organisational domains are found.</summary>
internal interface IPolicyDiscovery
{
    /// <summary>The record above the author domain, which has none itself; null without one, <see cref="DmarcFound.Unknown"/> when DNS gave no answer.</summary>
    ValueTask<DmarcNode?> AboveAsync(string authorDomain, CancellationToken cancellationToken);

    /// <summary>The organisational domain, empty when there is none; null when DNS gave no answer.</summary>
    ValueTask<string?> OrganisationAsync(string domain, CancellationToken cancellationToken);
}

/// <summary>By the DNS tree walk (RFC 9989, 4.10).</summary>
internal sealed class TreeWalkDiscovery(DmarcLookup lookup) : IPolicyDiscovery
{
    private readonly TreeWalk _walk = new(lookup);

    public async ValueTask<DmarcNode?> AboveAsync(string authorDomain, CancellationToken cancellationToken)
    {
        var walk = await _walk.FromAsync(authorDomain, cancellationToken).ConfigureAwait(false);
        return walk.IsUncertain ? new DmarcNode(authorDomain, DmarcFound.Unknown, null) : walk.Policy;
    }

    public async ValueTask<string?> OrganisationAsync(string domain, CancellationToken cancellationToken)
    {
        var walk = await _walk.FromAsync(domain, cancellationToken).ConfigureAwait(false);
        return walk.IsUncertain ? null : walk.Organisation;
    }
}

/// <summary>By the public suffix list (RFC 7489, 3.2 and 6.6.3).</summary>
internal sealed class SuffixListDiscovery(DmarcLookup lookup, IOrganisationalDomains domains) : IPolicyDiscovery
{
    public async ValueTask<DmarcNode?> AboveAsync(string authorDomain, CancellationToken cancellationToken)
    {
        var organisation = domains.Of(authorDomain);
        if (organisation.Length == 0 || organisation == authorDomain)
            return null;
        var node = await lookup.FindAsync(organisation, cancellationToken).ConfigureAwait(false);
        return node.Found is DmarcFound.Record or DmarcFound.Unknown ? node : null;
    }

    public ValueTask<string?> OrganisationAsync(string domain, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(domains.Of(domain));
}
