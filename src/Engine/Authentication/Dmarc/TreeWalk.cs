namespace Platform.Engine.Authentication.Dmarc;

/// <summary>The names that were asked on the way up, the longest first (RFC 9989, 4.10).</summary>
/// <param name="Organisation">The organisational domain of the start (RFC 9989, 4.10.2).</param>
/// <param name="IsUncertain">DNS gave no answer for one of the names: another answer could have changed the organisational domain.</param>
internal sealed record TreeWalkResult(IReadOnlyList<DmarcNode> Nodes, string Organisation, bool IsUncertain)
{
    /// <summary>The record of the organisational domain, else that of the public suffix above it (RFC 9989, 4.10.1).</summary>
    public DmarcNode? Policy =>
        Find(node => node.Domain == Organisation) ?? Find(node => node.Record!.Place == DmarcPlace.PublicSuffix);

    private DmarcNode? Find(Func<DmarcNode, bool> matches)
    {
        foreach (var node in Nodes)
            if (node.Found == DmarcFound.Record && matches(node))
                return node;
        return null;
    }
}

/// <summary>Walks from a domain towards the root, asking for DMARC records (RFC 9989, 4.10): at most eight questions.</summary>
internal sealed class TreeWalk(DmarcLookup lookup)
{
    private const int MaxLabelsAsked = 7;

    private readonly Dictionary<string, TreeWalkResult> _known = new(StringComparer.Ordinal);

    public async ValueTask<TreeWalkResult> FromAsync(string domain, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(domain, out var known))
            return known;
        var nodes = new List<DmarcNode>();
        foreach (var name in Names(domain))
        {
            var node = await lookup.FindAsync(name, cancellationToken).ConfigureAwait(false);
            nodes.Add(node);
            if (node.Record is { Place: not DmarcPlace.Undeclared })
                break;
        }

        var result = new TreeWalkResult(nodes, Organisation(domain, nodes), nodes.Exists(node => node.Found == DmarcFound.Unknown));
        _known[domain] = result;
        return result;
    }

    /// <summary>The domain itself, then its parents; of one with more than eight labels the last seven and on (RFC 9989, 4.10).</summary>
    internal static IEnumerable<string> Names(string domain)
    {
        yield return domain;
        var name = Parent(domain);
        for (var labels = name.Length == 0 ? 0 : name.Count(c => c == '.') + 1; labels > 0; labels--)
        {
            if (labels <= MaxLabelsAsked)
                yield return name;
            name = Parent(name);
        }
    }

    // RFC 9989, 4.10.2. The walk ended at the first psd=n or psd=y, so only the last node can hold one.
    private static string Organisation(string start, List<DmarcNode> nodes)
    {
        var found = nodes.FindLast(node => node.Found == DmarcFound.Record);
        if (found.Record is null)
            return start;
        return found.Record.Place == DmarcPlace.PublicSuffix && found.Domain != start ? OneBelow(found.Domain, start) : found.Domain;
    }

    private static string OneBelow(string domain, string start)
    {
        var end = start.Length - domain.Length - 1;
        var dot = start.LastIndexOf('.', end - 1);
        return start[(dot + 1)..];
    }

    private static string Parent(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "" : name[(dot + 1)..];
    }
}
