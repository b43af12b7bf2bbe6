using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Egress;

namespace Platform.Grains.Transport;

/// <summary>HTTPS to hosts that domains outside name in DNS, by the guarded way out and the resolver of the process.</summary>
internal sealed class TransportHttp : IDisposable
{
    private readonly EgressHttp _http;

    public TransportHttp(IDnsResolver dns, FlowSettings settings, TimeProvider clock)
    {
        var egress = new EgressSettings { Networks = settings.Transport.Networks, TrustedRoots = settings.Relay.TrustedRoots is { } roots ? new X509Certificate2Collection(roots) : null };
        Policy = new EgressPolicy(egress);
        _http = new EgressHttp(new EgressConnector(Policy, egress, (host, token) => AddressesAsync(dns, host, token)), egress, clock);
    }

    public EgressPolicy Policy { get; }

    /// <inheritdoc cref="EgressHttp.ReadAsync"/>
    public Task<OutsideAnswer> ReadAsync(HttpRequestMessage request, int maxBytes, TimeSpan limit, CancellationToken cancellationToken) => _http.ReadAsync(request, maxBytes, limit, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static async Task<IPAddress[]> AddressesAsync(IDnsResolver dns, string host, CancellationToken cancellationToken)
    {
        var four = await dns.QueryAsync(host, DnsType.A, cancellationToken);
        var six = await dns.QueryAsync(host, DnsType.Aaaa, cancellationToken);
        if (four.IsTemporary && six.IsTemporary)
            throw new SocketException((int)SocketError.TryAgain);
        return [.. four.Records.Concat(six.Records).OfType<DnsRecord.Address>().Select(record => record.Value)];
    }
}
