using System.Globalization;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Transport;

namespace Platform.Grains.Transport.Dane;

/// <summary>What DNS says of the certificate of a mail host.</summary>
internal abstract record DaneAnswer
{
    /// <summary>Nothing that DNSSEC proves: DANE does not hold for the host.</summary>
    public sealed record Nothing : DaneAnswer;

    /// <summary>No answer, or one that DNSSEC proves to be forged: the host is not to be used now (RFC 7672, 2.1.1).</summary>
    public sealed record Broken(string Reason) : DaneAnswer;

    /// <param name="Name">The TLSA base domain (RFC 7672, 2.2.3): the name asked for by SNI, and the first that the certificate may bear.</param>
    /// <param name="Records">All, one at least.</param>
    public sealed record Found(string Name, IReadOnlyList<TlsaRecord> Records) : DaneAnswer;
}

/// <summary>Looks up TLSA records of mail hosts (RFC 7672, 2.2). Only for hosts whose names and addresses DNSSEC proved.</summary>
internal sealed class DaneLookup(IDnsResolver dns, FlowSettings settings)
{
    private const int MaxAliases = 8;

    public async Task<DaneAnswer> FindAsync(string host, CancellationToken cancellationToken)
    {
        // The name that an alias leads to goes first (RFC 7672, 2.2.2).
        var (target, fault) = await TargetAsync(host, cancellationToken);
        if (fault is not null)
            return fault;
        var answer = target is null ? new DaneAnswer.Nothing() : await AskAsync(target, cancellationToken);
        return answer is DaneAnswer.Nothing && target != host ? await AskAsync(host, cancellationToken) : answer;
    }

    /// <returns>No target: the way there is not proven.</returns>
    private async Task<(string? Target, DaneAnswer? Fault)> TargetAsync(string host, CancellationToken cancellationToken)
    {
        var name = host;
        for (var step = 0; step < MaxAliases; step++)
        {
            var answer = await dns.QueryAsync(name, DnsType.Cname, cancellationToken);
            if (answer.IsTemporary)
                return (null, new DaneAnswer.Broken($"DNS gave no answer on the alias of {name} ({answer.Status})"));
            if (answer.Records is not [DnsRecord.Name next, ..])
                return (name, null);
            if (!answer.IsAuthenticated)
                return (null, null);
            name = next.Host;
        }

        return (null, new DaneAnswer.Broken($"the aliases of {host} have no end"));
    }

    private async Task<DaneAnswer> AskAsync(string name, CancellationToken cancellationToken)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"_{settings.Relay.MxPort}._tcp.{name}");
        var answer = await dns.QueryAsync(at, DnsType.Tlsa, cancellationToken);
        if (answer.IsTemporary)
            return new DaneAnswer.Broken($"DNS gave no answer on the TLSA records of {name} ({answer.Status})");
        if (answer.Status != DnsStatus.Found || !answer.IsAuthenticated)
            return new DaneAnswer.Nothing();
        return new DaneAnswer.Found(name, [.. answer.Records.OfType<DnsRecord.Other>().Select(record => TlsaRecord.Parse(record.Data)).OfType<TlsaRecord>()]);
    }
}
