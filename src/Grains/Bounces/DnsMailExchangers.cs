using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Platform.Grains.Bounces;

/// <summary><see cref="IMailExchangers"/> by DNS, over the configured name servers or those of the system.</summary>
internal sealed class DnsMailExchangers : IMailExchangers
{
    private const int MaxAddresses = 8;

    private readonly LookupClient _dns;

    public DnsMailExchangers(FlowSettings settings)
    {
        var options = settings.Relay.DnsServers.Count == 0
            ? new LookupClientOptions()
            : new LookupClientOptions([.. settings.Relay.DnsServers.Select(Server)]);
        options.Timeout = TimeSpan.FromSeconds(5);
        options.Retries = 2;
        options.UseCache = true;
        options.ThrowDnsErrors = false;
        _dns = new LookupClient(options);
    }

    public async Task<MailExchangers> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await QueryAsync(domain, QueryType.MX, cancellationToken);
        return new MailExchangers(
            answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain,
            [.. answer.Answers.OfType<MxRecord>().Select(mx => ((int)mx.Preference, mx.Exchange.Value.TrimEnd('.')))]);
    }

    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var four = await QueryAsync(host, QueryType.A, cancellationToken);
        var six = await QueryAsync(host, QueryType.AAAA, cancellationToken);
        return [.. four.Answers.Concat(six.Answers).OfType<AddressRecord>().Select(record => record.Address).Take(MaxAddresses)];
    }

    private async Task<IDnsQueryResponse> QueryAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        IDnsQueryResponse answer;
        try
        {
            answer = await _dns.QueryAsync(name, type, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is DnsResponseException or ArgumentException)
        {
            throw new MailExchangerLookupException($"DNS gave no answer for {type}.", exception);
        }
        return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
            ? answer
            : throw new MailExchangerLookupException($"DNS answered {answer.Header.ResponseCode} for {type}.");
    }

    private static NameServer Server(string text) =>
        IPEndPoint.TryParse(text, out var server)
            ? new NameServer(server.Address, server.Port == 0 ? NameServer.DefaultPort : server.Port)
            : throw new FormatException($"'{text}' is no name server; write an address, or address:port.");
}
