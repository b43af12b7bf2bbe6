using Platform.Engine.Authentication.Dns;

namespace Platform.Grains.Bounces;

/// <summary><see cref="IMailExchangers"/> by the resolver of the process.</summary>
internal sealed class DnsMailExchangers(IDnsResolver dns) : IMailExchangers
{
    private const int MaxAddresses = 8;

    public async Task<MailExchangers> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await QueryAsync(domain, DnsType.Mx, cancellationToken);
        return new MailExchangers(
            answer.Status != DnsStatus.NoDomain,
            [.. answer.Records.OfType<DnsRecord.Exchanger>().Select(mx => (mx.Preference, mx.Host))])
        {
            IsAuthenticated = answer.IsAuthenticated,
        };
    }

    public async Task<HostAddresses> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var four = await QueryAsync(host, DnsType.A, cancellationToken);
        var six = await QueryAsync(host, DnsType.Aaaa, cancellationToken);
        return new HostAddresses(
            [.. four.Records.Concat(six.Records).OfType<DnsRecord.Address>().Select(record => record.Value).Take(MaxAddresses)],
            four.IsAuthenticated && six.IsAuthenticated);
    }

    private async Task<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, type, cancellationToken);
        return answer.IsTemporary ? throw new MailExchangerLookupException($"DNS gave no answer for {type} ({answer.Status}).") : answer;
    }
}
