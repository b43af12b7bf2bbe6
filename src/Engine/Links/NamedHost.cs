namespace Platform.Engine.Links;

/// <summary>A host taken apart for comparison, once for many comparisons.</summary>
/// <param name="Domain">Organisational domain, A-labels.</param>
/// <param name="Label">First label of the domain as the eye sees it (U-label).</param>
/// <param name="Front">What stands before the domain, between dots: <c>.www.shop.</c>; empty when nothing does.</param>
internal sealed record NamedHost(string Domain, string Label, string Skeleton, string Front)
{
    /// <summary>The domain as inner labels of another host.</summary>
    public string Dotted { get; } = $".{Domain}.";

    /// <summary>The domain written as one label, or the beginning of one.</summary>
    public string Dashed { get; } = $".{Domain.Replace('.', '-')}";

    /// <summary>Null for an address, a public suffix or no host at all.</summary>
    public static NamedHost? Of(string host, IOrganisationalDomains domains)
    {
        var ascii = OrganisationalDomain.ToAscii(host);
        var domain = domains.Of(ascii);
        if (domain.Length == 0)
            return null;
        var label = OrganisationalDomain.ToUnicode(domain[..domain.IndexOf('.')]);
        var front = ascii.Length > domain.Length ? $".{ascii[..^domain.Length]}" : "";
        return new NamedHost(domain, label, Confusables.Skeleton(label), front);
    }
}
