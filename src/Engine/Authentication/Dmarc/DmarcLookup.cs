using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Dmarc;

internal enum DmarcFound
{
    Nothing,
    Record,

    /// <summary>More than one DMARC record: all are discarded (RFC 9989, 4.10).</summary>
    Several,

    /// <summary>DNS gave no answer.</summary>
    Unknown,
}

internal readonly record struct DmarcNode(string Domain, DmarcFound Found, DmarcRecord? Record);

/// <summary>Asks for <c>_dmarc.DOMAIN</c>, each name once in an evaluation (RFC 9989, 4.10).</summary>
internal sealed class DmarcLookup(IDnsResolver resolver, int maxQueries)
{
    private readonly Dictionary<string, DmarcNode> _known = new(StringComparer.Ordinal);
    private readonly List<string> _queries = [];

    public IReadOnlyList<string> Queries => _queries;

    public async ValueTask<DmarcNode> FindAsync(string domain, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(domain, out var known))
            return known;
        var node = await AskAsync(domain, cancellationToken).ConfigureAwait(false);
        _known[domain] = node;
        return node;
    }

    /// <summary>Whether the domain exists: only NXDOMAIN says no (RFC 9989, 3.2.13; RFC 8020, 2); null when DNS gives no answer.</summary>
    public async ValueTask<bool?> ExistsAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await resolver.QueryAsync(domain, DnsType.A, cancellationToken).ConfigureAwait(false);
        return answer.IsTemporary ? null : answer.Status != DnsStatus.NoDomain;
    }

    private async ValueTask<DmarcNode> AskAsync(string domain, CancellationToken cancellationToken)
    {
        if (_queries.Count >= maxQueries)
            return new DmarcNode(domain, DmarcFound.Unknown, null);
        var name = $"_dmarc.{domain}";
        _queries.Add(name);
        var answer = await resolver.QueryAsync(name, DnsType.Txt, cancellationToken).ConfigureAwait(false);
        if (answer.IsTemporary)
            return new DmarcNode(domain, DmarcFound.Unknown, null);
        DmarcRecord? found = null;
        foreach (var text in answer.Records.OfType<DnsRecord.Text>())
        {
            if (DmarcRecordParser.Parse(text.Value) is not { } record)
                continue;
            if (found is not null)
                return new DmarcNode(domain, DmarcFound.Several, null);
            found = record;
        }

        return new DmarcNode(domain, found is null ? DmarcFound.Nothing : DmarcFound.Record, found);
    }
}
