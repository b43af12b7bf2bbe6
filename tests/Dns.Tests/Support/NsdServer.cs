using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns.Tests.Support;

/// <summary>An NSD of the test's own on a loopback port: a name server for three zones. One for all tests of a class.</summary>
public sealed class NsdServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/nsd";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsd-").FullName;
    private Process? _server;

    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, FreePort());

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        await File.WriteAllTextAsync(Path.Combine(_folder, "nsd.conf"), Configuration());
        await File.WriteAllTextAsync(Path.Combine(_folder, "example.zone"), Example);
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.zone"), Other);
        await File.WriteAllTextAsync(Path.Combine(_folder, "reverse.zone"), Reverse);
        _server = Process.Start(new ProcessStartInfo(Program, ["-d", "-c", Path.Combine(_folder, "nsd.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true });
        await UntilItAnswersAsync();
    }

    /// <summary>A resolver over it; skips the test where there is no NSD.</summary>
    public IDnsResolver Resolver()
    {
        if (_server is null)
            Parts.Missing("NSD (/usr/sbin/nsd)");
        return new DnsClientResolver(new DnsSettings { Servers = [EndPoint] }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilItAnswersAsync()
    {
        var resolver = new DnsClientResolver(new DnsSettings { Servers = [EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(200), Retries = 0 }, TimeProvider.System);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if ((await resolver.QueryAsync("host.example.test", DnsType.A, CancellationToken.None)).Status == DnsStatus.Found)
                return;
            if (_server!.HasExited)
                break;
            await Task.Delay(50);
        }

        Assert.Fail($"NSD does not answer: {(_server!.HasExited ? await _server.StandardError.ReadToEndAsync() : "it runs")}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Configuration() => string.Create(CultureInfo.InvariantCulture,
        $"""
        server:
          ip-address: 127.0.0.1@{EndPoint.Port}
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
          name: example.test
          zonefile: example.zone
        zone:
          name: other.test
          zonefile: other.zone
        zone:
          name: 2.0.192.in-addr.arpa
          zonefile: reverse.zone

        """);

    private static string Example =>
        $"""
        $ORIGIN example.test.
        $TTL 300
        @ 900 SOA ns hostmaster 1 3600 600 86400 120
        @ NS ns
        @ MX 10 mail
        @ MX 20 backup.other.test.
        @ CAA 0 issue "ca.test"
        ns A 127.0.0.1
        mail A 192.0.2.25
        mail AAAA 2001:db8::25
        host 60 A 192.0.2.7
        null MX 0 .
        alias 30 CNAME host
        chain CNAME alias
        dangling CNAME absent
        empty CNAME mail
        away CNAME host.other.test.
        there CNAME back.other.test.
        loop1 CNAME loop2
        loop2 CNAME loop1
        octets TXT "\195\188\000\255" "a;b\"c\\123"
        long TXT {string.Join(' ', Enumerable.Range(0, 16).Select(i => $"\"{new string((char)('a' + i), 250)}\""))}
        a%b\ c%20d A 192.0.2.8
        foo:bar/baz A 192.0.2.9
        xn--bcher-kva MX 5 xn--bcher-kva
        _25._tcp TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

        """;

    private const string Other =
        """
        $ORIGIN other.test.
        $TTL 300
        @ SOA ns.example.test. hostmaster 1 3600 600 86400 3600
        @ NS ns.example.test.
        host A 192.0.2.99
        back CNAME there.example.test.

        """;

    private const string Reverse =
        """
        $ORIGIN 2.0.192.in-addr.arpa.
        $TTL 300
        @ SOA ns.example.test. hostmaster.example.test. 1 3600 600 86400 120
        @ NS ns.example.test.
        7 PTR host.example.test.
        7 PTR Alias.Example.Test.

        """;
}
