using System.Collections.Frozen;
using Platform.Engine.Links;

namespace Platform.Engine.Misdirection;

/// <summary>The domains that an organisation writes to often, taken apart once for many comparisons.</summary>
public sealed class CorrespondentDomains
{
    public static CorrespondentDomains None { get; } = new([]);

    private readonly FrozenDictionary<string, NamedHost[]> _byLabel;

    /// <param name="domains">Lower-case, the most written to first.</param>
    public CorrespondentDomains(IEnumerable<string> domains)
    {
        ArgumentNullException.ThrowIfNull(domains);
        All = [.. domains.Select(domain => NamedHost.Of(domain, OrganisationalDomain.Embedded)).OfType<NamedHost>().DistinctBy(host => host.Domain)];
        _byLabel = All.GroupBy(host => host.Label, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        Names = All.Select(host => host.Domain).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The most written to first.</summary>
    internal IReadOnlyList<NamedHost> All { get; }

    /// <summary>Organisational domains.</summary>
    internal FrozenSet<string> Names { get; }

    /// <summary>Those whose first label is this.</summary>
    internal IReadOnlyList<NamedHost> WithLabel(string label) => _byLabel.GetValueOrDefault(label, []);
}
