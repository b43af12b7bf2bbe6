using System.Globalization;
using System.Net;
using System.Text;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>
/// DNS of the laboratory: NSD answers for <c>test</c>, signed by ldns, and for zones below it that are not signed, say that they are, or
/// are answered for by nobody; Unbound resolves and validates with the key of <c>test</c> as its only anchor.
/// </summary>
internal sealed class LabNames : IAsyncDisposable
{
    private const string Nsd = "/usr/sbin/nsd";
    private const string Unbound = "/usr/sbin/unbound";
    private const string KeyGen = "/usr/bin/ldns-keygen";
    private const string SignZone = "/usr/bin/ldns-signzone";
    private const string Soa = "@ SOA ns.test. hostmaster.test. 1 3600 600 86400 60";

    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly List<ChildProcess> _servers = [];
    private readonly StringBuilder _signed = new();
    private readonly StringBuilder _plain = new();
    private readonly Dictionary<string, string> _below = [];
    private readonly List<string> _lame = [];
    private readonly int _authority;
    private readonly int _dead;

    public LabNames(string folder)
    {
        foreach (var program in (string[])[Nsd, Unbound, KeyGen, SignZone])
            if (!File.Exists(program))
                throw new MissingPartException(program);
        _folder = folder;
        var ports = Ports.Free(3);
        (_authority, _dead, Resolver) = (ports[0], ports[1], new IPEndPoint(IPAddress.Loopback, ports[2]));
        _signed.AppendLine("@ NS ns.test.").AppendLine("ns.test. A 127.0.0.1").AppendLine("plain.test. NS ns.test.");
        _plain.AppendLine("@ NS ns.test.");
    }

    /// <summary>The validating resolver.</summary>
    public IPEndPoint Resolver { get; }

    /// <summary>Adds a record to the signed or to the unsigned zone.</summary>
    /// <param name="record">With its full name.</param>
    public void Add(bool isSigned, string record) => (isSigned ? _signed : _plain).AppendLine(record);

    /// <summary>A zone below the signed one, which says that it is signed, while it is not.</summary>
    public void Forge(string zone, params IEnumerable<string> records)
    {
        Delegate(zone);
        _below[zone] = string.Join('\n', records.Prepend("@ NS ns.test."));
    }

    /// <summary>Likewise, and nobody answers for it.</summary>
    public void Abandon(string zone)
    {
        Delegate(zone);
        _lame.Add(zone);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (_, name) = await ChildProcess.RunAsync(KeyGen, ["-a", "ECDSAP256SHA256", "-k", "test"], cancellationToken, folder: _folder);
        var key = name.Trim().Split('\n')[^1].Trim();
        await WriteAsync("test", _signed.ToString(), cancellationToken);
        await WriteAsync("plain.test", _plain.ToString(), cancellationToken);
        foreach (var (zone, records) in _below)
            await WriteAsync(zone, records, cancellationToken);
        var (code, output) = await ChildProcess.RunAsync(SignZone, ["-o", "test", "-f", "test.signed", "test.zone", key], cancellationToken, folder: _folder);
        if (code != 0)
            throw new InvalidOperationException($"ldns-signzone: {output}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "nsd.conf"), NsdConfiguration(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "unbound.conf"), UnboundConfiguration(key), cancellationToken);
        _servers.Add(ChildProcess.Start(Nsd, ["-d", "-c", Path.Combine(_folder, "nsd.conf")]));
        _servers.Add(ChildProcess.Start(Unbound, ["-d", "-c", Path.Combine(_folder, "unbound.conf")]));
        foreach (var port in (int[])[_authority, Resolver.Port])
            await Wait.ForAsync("DNS of the laboratory answers", StartUp, () => Ports.TakesConnectionsAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private void Delegate(string zone) => _signed.AppendLine(CultureInfo.InvariantCulture, $"{zone}. NS ns.test.\n{zone}. DS 12345 13 2 {new string('a', 64)}");

    private Task WriteAsync(string zone, string records, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(_folder, $"{zone}.zone"), $"$ORIGIN {zone}.\n$TTL 60\n{Soa}\n{records}\n", cancellationToken);

    private string NsdConfiguration()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"""
            server:
              ip-address: 127.0.0.1@{_authority}
              username: ""
              zonesdir: "{_folder}"
              pidfile: ""
              zonelistfile: "{_folder}/zone.list"
              xfrdfile: "{_folder}/xfrd.state"
              xfrdir: "{_folder}"
              server-count: 1
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            zone:
              name: test
              zonefile: test.signed
            zone:
              name: plain.test
              zonefile: plain.test.zone

            """));
        foreach (var zone in _below.Keys)
            text.Append(CultureInfo.InvariantCulture, $"zone:\n  name: {zone}\n  zonefile: {zone}.zone\n");
        return text.ToString();
    }

    private string UnboundConfiguration(string key)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"""
            server:
              interface: 127.0.0.1@{Resolver.Port}
              directory: "{_folder}"
              chroot: ""
              username: ""
              pidfile: ""
              use-syslog: no
              do-daemonize: no
              do-ip6: no
              num-threads: 1
              module-config: "validator iterator"
              do-not-query-localhost: no
              local-zone: "test." nodefault
              trust-anchor-file: "{_folder}/{key}.key"

            """));
        foreach (var zone in _below.Keys.Prepend("plain.test").Prepend("test"))
            text.Append(CultureInfo.InvariantCulture, $"stub-zone:\n  name: \"{zone}.\"\n  stub-addr: 127.0.0.1@{_authority}\n");
        foreach (var zone in _lame)
            text.Append(CultureInfo.InvariantCulture, $"stub-zone:\n  name: \"{zone}.\"\n  stub-addr: 127.0.0.1@{_dead}\n");
        return text.ToString();
    }
}
